use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use cedar_policy::{
    Effect, Entity, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator,
};
use jiff::civil::Date;
use lagrum_model::{CountryCode, Sha256Digest};

use crate::clock::Clocks;
use crate::facts::Facts;
use crate::files::{FACTS, INVARIANTS, LawFiles, PACK, SCHEMA};
use crate::notice::Notices;
use crate::procedure::Procedure;
use crate::question::Words;
use crate::slice::SharedParts;
use crate::translation::Translation;
use crate::{Channel, Group, Law, LawError, Pack, Rule, Way};

/// A rule as it is written.
#[derive(Debug)]
struct Written {
    rule: Arc<Rule>,
    policy: Policy,
    parts: SharedParts,
}

/// The law of so many days is kept. A desk asks for that of today, and of the days of a few demands.
const DAYS: usize = 8;

/// All law packs: read, checked against the schema, and named by a digest.
#[derive(Debug)]
pub struct LawPacks {
    digest: Sha256Digest,
    packs: Vec<Pack>,
    facts: Arc<Facts>,
    rules: Vec<Written>,
    schema: Schema,
    pub(crate) procedure: Procedure,
    invariants: Vec<(String, String)>,
    /// The law of the days that were asked for last, the newest question at the end.
    laws: Mutex<Vec<Arc<Law>>>,
}

impl LawPacks {
    /// The packs that were compiled in.
    ///
    /// # Errors
    /// As [`LawPacks::from_dir`]; a build whose own packs are refused is broken.
    pub fn embedded() -> Result<Arc<Self>, LawError> {
        static READ: OnceLock<Arc<LawPacks>> = OnceLock::new();
        if let Some(packs) = READ.get() {
            return Ok(Arc::clone(packs));
        }
        let packs = Arc::new(Self::read(&LawFiles::embedded()?)?);
        Ok(Arc::clone(READ.get_or_init(|| packs)))
    }

    /// The packs in a folder of the same layout as `law/`, for example an agent's own copy.
    ///
    /// # Errors
    /// [`LawError`], naming the file and the rule, if a file is missing, unexpected or unreadable;
    /// if a rule lacks an annotation, bears an unknown one or a bad date, or repeats a name; or if
    /// Cedar's strict validator has anything to remark.
    pub fn from_dir(folder: &Path) -> Result<Self, LawError> {
        Self::read(&LawFiles::from_dir(folder)?)
    }

    fn read(files: &LawFiles) -> Result<Self, LawError> {
        let (schema, warnings) = Schema::from_cedarschema_str(files.text(SCHEMA)?)
            .map_err(|error| LawError::Schema(spelled_out(&error)))?;
        if let Some(warning) = warnings.into_iter().next() {
            return Err(LawError::Schema(warning.to_string()));
        }
        let mut facts = Facts::parse(files.text(FACTS)?)?;
        let mut packs = Vec::new();
        for name in files.packs() {
            let page = format!("{name}/{PACK}");
            packs.push(Pack::parse(name, &page, files.text(&page)?)?);
            let own = format!("{name}/{FACTS}");
            if let Some(text) = files.optional(&own) {
                facts.add_pack(&own, text)?;
            }
        }
        facts.add_countries_with_a_pack(packs.iter().filter_map(Pack::country))?;
        let validator = Validator::new(schema.clone());
        let written: Vec<_> = packs
            .iter()
            .flat_map(|pack| files.rules(&pack.name).map(move |file| (pack, file)))
            .collect();
        let read = |(pack, (path, text)): &(&Pack, (&str, &str))| {
            read_rules(pack, path, text, &facts, &validator)
        };
        let (read, procedure) = beside(&written, read, || Procedure::read(files, &facts.groups));
        let mut rules = Vec::new();
        let mut names = BTreeSet::new();
        for ((_, (path, _)), read) in written.iter().zip(read) {
            for (rule, policy) in read? {
                if !names.insert(rule.id.clone()) {
                    return Err(LawError::Rule {
                        path: (*path).to_owned(),
                        rule: rule.id,
                        why: "another rule has the same `@id`: names are used once".into(),
                    });
                }
                rules.push(Written {
                    rule: Arc::new(rule),
                    policy,
                    parts: SharedParts::default(),
                });
            }
        }
        let procedure = procedure?;
        for written in &rules {
            clocks_known(written, &procedure.clocks)?;
        }
        let invariants = files
            .rules(INVARIANTS)
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect();
        Ok(Self {
            digest: files.digest(),
            packs,
            facts: Arc::new(facts),
            rules,
            schema,
            procedure,
            invariants,
            laws: Mutex::default(),
        })
    }

    /// SHA-256 over the schema, the facts, the packs' descriptions and the rules: whoever has the
    /// same digest applies the same law. Pages for readers do not count.
    #[must_use]
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// The first day for which the packs were read.
    #[must_use]
    pub fn earliest(&self) -> Date {
        self.facts.earliest
    }

    /// The packs, by name.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// All rules of all days, pack by pack, in the order in which they are written.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|written| written.rule.as_ref())
    }

    /// The groups of countries that rules may name.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.facts.groups
    }

    /// The treaty channels, in the order in which they are tried.
    #[must_use]
    pub fn channels(&self) -> &[Channel] {
        &self.facts.channels
    }

    /// The way by which authorities of `asking` can ask through the State `via` on `date`; the law of
    /// their own country, if there is no other State to ask ([`lagrum_model::Finding::via`]).
    #[must_use]
    pub fn channel(&self, asking: CountryCode, via: Option<CountryCode>, date: Date) -> &Way {
        self.facts.way(asking, via, date)
    }

    /// The schema that every rule was checked against.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Path and text of what is to be proved of the rules (`invariants/*.cedar`). It decides no
    /// finding.
    #[must_use]
    pub fn invariants(&self) -> &[(String, String)] {
        &self.invariants
    }

    /// The law of one day: only the rules and facts with `from` ≤ `date` < `until`. That of the last few
    /// days that were asked for is kept.
    ///
    /// # Errors
    /// [`LawError::TooEarly`] for a day before the packs were read.
    pub fn in_force(&self, date: Date) -> Result<Arc<Law>, LawError> {
        let mut laws = self.laws.lock().unwrap_or_else(PoisonError::into_inner);
        let law = match laws.iter().position(|law| law.as_of() == date) {
            Some(kept) => laws.remove(kept),
            None => Arc::new(self.law_of(date)?),
        };
        if laws.len() == DAYS {
            laws.remove(0);
        }
        laws.push(Arc::clone(&law));
        Ok(law)
    }

    fn law_of(&self, date: Date) -> Result<Law, LawError> {
        let earliest = self.facts.earliest;
        if date < earliest {
            return Err(LawError::TooEarly {
                asked: date,
                earliest,
            });
        }
        let mut policies = PolicySet::new();
        let mut permits = PolicySet::new();
        let mut forbids = PolicySet::new();
        let mut rules = BTreeMap::new();
        let mut parts_of = BTreeMap::new();
        for written in self.rules.iter().filter(|w| w.rule.in_force(date)) {
            let Written {
                rule,
                policy,
                parts,
            } = written;
            let refused = |error: cedar_policy::PolicySetError| LawError::Evaluation {
                rule: rule.id.clone(),
                why: error.to_string(),
            };
            policies.add(policy.clone()).map_err(refused)?;
            let of_its_kind = match policy.effect() {
                Effect::Permit => &mut permits,
                Effect::Forbid => &mut forbids,
            };
            of_its_kind.add(policy.clone()).map_err(refused)?;
            rules.insert(policy.id().clone(), Arc::clone(rule));
            parts_of.insert(policy.id().clone(), Arc::clone(parts));
        }
        let words = Words::new();
        let mut groups_of: BTreeMap<CountryCode, Vec<_>> = BTreeMap::new();
        for group in &self.facts.groups {
            for country in group.members_on(date) {
                groups_of
                    .entry(country)
                    .or_default()
                    .push(words.group(&group.name));
            }
        }
        let countries = groups_of
            .into_iter()
            .map(|(code, groups)| {
                let entity =
                    Entity::new_no_attrs(words.country(code), groups.into_iter().collect());
                (code, entity)
            })
            .collect();
        Ok(Law {
            as_of: date,
            digest: self.digest,
            facts: Arc::clone(&self.facts),
            rules,
            policies,
            permits,
            forbids,
            parts: parts_of,
            sliced: OnceLock::new(),
            countries,
            words,
        })
    }
}

/// The rules of one file, each under its own `@id`, checked one by one so that an error names its
/// rule.
fn read_rules(
    pack: &Pack,
    path: &str,
    text: &str,
    facts: &Facts,
    validator: &Validator,
) -> Result<Vec<(Rule, Policy)>, LawError> {
    let syntax = |why: String| LawError::Syntax {
        path: path.to_owned(),
        why,
    };
    let set = PolicySet::from_str(text).map_err(|error| syntax(spelled_out(&error)))?;
    if set.num_of_templates() > 0 {
        return Err(syntax(
            "a rule has a `?slot`: write the rule out in full".into(),
        ));
    }
    // Cedar numbers the policies of a text `policy0`, `policy1` …; the set itself has no order.
    let mut numbered: Vec<_> = set.policies().collect();
    numbered.sort_by_key(|policy| {
        policy
            .id()
            .to_string()
            .trim_start_matches("policy")
            .parse::<usize>()
            .unwrap_or(usize::MAX)
    });
    let mut checked = PolicySet::new();
    let mut rules = Vec::new();
    for (at, policy) in numbered.into_iter().enumerate() {
        let rule = Rule::read(policy, pack, path, at + 1)?;
        let fault = |why: String| LawError::Rule {
            path: path.to_owned(),
            rule: rule.id.clone(),
            why,
        };
        let policy = policy.new_id(PolicyId::new(&rule.id));
        names_known(&policy, facts).map_err(fault)?;
        checked
            .add(policy.clone())
            .map_err(|_| fault("another rule has the same `@id`: names are used once".into()))?;
        rules.push((rule, policy));
    }
    let validated = validator.validate(&checked, ValidationMode::Strict);
    let remark = validated
        .validation_errors()
        .map(|error| (error.policy_id(), error.to_string()))
        .chain(
            validated
                .validation_warnings()
                .map(|warning| (warning.policy_id(), warning.to_string())),
        )
        .next();
    match remark {
        None => Ok(rules),
        Some((rule, why)) => Err(LawError::Rule {
            path: path.to_owned(),
            rule: rule.to_string(),
            why: format!("{why} (the words that rules may use stand in {SCHEMA})"),
        }),
    }
}

/// Does `each` to all, in their order, and `more`, on two processors: every command that asks what the law says waits for it.
fn beside<'a, T: Sync, R: Send, M>(
    all: &'a [T],
    each: impl Fn(&'a T) -> R + Sync,
    more: impl FnOnce() -> M,
) -> (Vec<R>, M) {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(place) else {
                return done;
            };
            done.push((place, each(one)));
        }
    };
    let (mut done, more) = thread::scope(|scope| {
        // Where the system gives no second thread, this one does all.
        let other = thread::Builder::new().spawn_scoped(scope, share).ok();
        let more = more();
        let mut done = share();
        match other.map(thread::ScopedJoinHandle::join) {
            Some(Ok(theirs)) => done.extend(theirs),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => {}
        }
        (done, more)
    });
    done.sort_by_key(|(place, _)| *place);
    (done.into_iter().map(|(_, one)| one).collect(), more)
}

/// Cedar lets a rule name any group and any country. A group that is nowhere defined has no
/// member, and a rule that names it would silently never apply.
fn names_known(policy: &Policy, facts: &Facts) -> Result<(), String> {
    for literal in policy.entity_literals() {
        let name: &str = literal.id().unescaped();
        match literal.type_name().to_string().as_str() {
            "Group" if !facts.groups.iter().any(|group| group.name == name) => {
                return Err(format!("group `{name}` is not defined in {FACTS}"));
            }
            "Country" => drop(CountryCode::parse(name)?),
            _ => {}
        }
    }
    Ok(())
}

/// A clock that no pack states stands nowhere, and a rule that asks how it stands would silently
/// never apply.
fn clocks_known(written: &Written, clocks: &Clocks) -> Result<(), LawError> {
    let unknown = |name: &str| clocks.rules().iter().all(|clock| clock.id != name);
    let asked = written.policy.entity_literals();
    match asked.into_iter().find(|literal| {
        literal.type_name().to_string() == "Clock" && unknown(literal.id().unescaped())
    }) {
        None => Ok(()),
        Some(clock) => Err(LawError::Rule {
            path: format!("{}/", written.rule.pack),
            rule: written.rule.id.clone(),
            why: format!("{clock}: no clocks.toml states it"),
        }),
    }
}

/// An error with its causes, in one line.
fn spelled_out(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text.replace('\n', " ")
}

impl LawPacks {
    /// The clocks of all packs.
    #[must_use]
    pub fn clocks(&self) -> &Clocks {
        &self.procedure.clocks
    }

    /// Who tells the account holder, and when, by all packs.
    #[must_use]
    pub fn notices(&self) -> &Notices {
        &self.procedure.notices
    }

    /// What the packs say in other languages, file by file.
    #[must_use]
    pub fn translations(&self) -> &[Translation] {
        &self.procedure.translations
    }
}
