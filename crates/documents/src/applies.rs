//! When a rule applies, in one sentence that is made out of its own conditions.

use lagrum_law::{Condition, Conditions, Is, LawPacks, Rule, Stated, Word};
use lagrum_model::{CountryCode, Language};

use crate::Phrases;
use crate::fluent::Value;

/// The order in which a sentence tells its facts: who asks, with what, of whom, for which data, for
/// what purpose, and the rest as the rule has it.
const ORDER: [&str; 22] = [
    "principal.verified",
    "principal.country",
    "principal.kind",
    "context.instrument.kind",
    "context.instrument.measure",
    "context.instrument.country",
    "context.instrument.issued_on",
    "context.instrument.issued_by",
    "context.instrument.validated_by",
    "context.instrument.judge",
    "context.instrument",
    "context.addressee_country",
    "context.named",
    "resource.category",
    "resource.stored_in",
    "resource",
    "context.purpose",
    "context.emergency",
    "context.sentence",
    "context.maximum_penalty_months",
    "context.findings",
    "context",
];

/// When `rule` applies, as one sentence.
pub(crate) fn applies(rule: &Rule, packs: &LawPacks, phrases: &Phrases) -> String {
    applies_under(&rule.conditions(), rule, packs, phrases)
}

/// The same, were these its conditions.
pub(crate) fn applies_under(
    conditions: &Conditions,
    rule: &Rule,
    packs: &LawPacks,
    phrases: &Phrases,
) -> String {
    let say = Say { packs, phrases };
    let mut all: Vec<_> = conditions.when.iter().collect();
    all.sort_by_key(|one| place(one));
    let all = say.each(all);
    let mut under = match &all[..] {
        [] => phrases.word("applies-always"),
        all => phrases.fill("applies-when", &[("all", &say.clauses(all))]),
    };
    if !conditions.unless.is_empty() {
        let exceptions = say.any(&conditions.unless, false);
        under = phrases.fill(
            "applies-unless",
            &[("conditions", &under), ("exceptions", &exceptions)],
        );
    }
    let act = match rule.acts[..] {
        [act] => act.as_str(),
        _ => "both",
    };
    phrases.fill(&format!("applies-{act}"), &[("conditions", &under)])
}

/// Where a condition is told: by the first fact of which it speaks.
fn place(condition: &Condition) -> usize {
    match condition {
        Condition::All(each) | Condition::Any(each) => each.first().map_or(ORDER.len(), place),
        Condition::Fact(of) => {
            let begins = |known: &str| {
                of.fact
                    .strip_prefix(known)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            ORDER
                .iter()
                .position(|known| begins(known))
                .unwrap_or(ORDER.len())
        }
        Condition::Unread => ORDER.len(),
    }
}

struct Say<'a> {
    packs: &'a LawPacks,
    phrases: &'a Phrases,
}

/// The fact that a box below a category is asked for.
const BOX: &str = "resource.includes.";

impl Say<'_> {
    /// Conditions that all hold: boxes that are not asked for are told together.
    fn each(&self, all: Vec<&Condition>) -> Vec<String> {
        let not_asked = |one: &&Condition| match one {
            Condition::Fact(of) if !of.holds => of.fact.strip_prefix(BOX).map(ToOwned::to_owned),
            _ => None,
        };
        let boxes: Vec<_> = all.iter().filter_map(not_asked).collect();
        let others = all.into_iter().filter(|one| not_asked(one).is_none());
        let mut said: Vec<_> = others.map(|one| self.condition(one)).collect();
        if !boxes.is_empty() {
            let names: Vec<_> = boxes.iter().map(|one| self.box_of(one)).collect();
            let none = self.or(&names);
            said.push(
                self.phrases
                    .fill("condition-boxes-not", &[("boxes", &none)]),
            );
        }
        said
    }

    /// A box by its fact.
    fn box_of(&self, fact: &str) -> String {
        let name = fact.replace('_', "-");
        self.phrases.word(&format!("sub-category-{name}"))
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Fact(of) => self.fact(of),
            Condition::All(each) => self.phrases.list(&self.each(each.iter().collect())),
            Condition::Any(each) => self.any(each, true),
            Condition::Unread => self.phrases.word("condition-unread"),
        }
    }

    /// `either A or B`; where one of them is itself several, or names several, each has a letter. Boxes that are
    /// asked for are told together.
    fn any(&self, each: &[Condition], either: bool) -> String {
        let asked = |one: &&Condition| match one {
            Condition::Fact(of) if of.holds => of.fact.strip_prefix(BOX).map(ToOwned::to_owned),
            _ => None,
        };
        let boxes: Vec<_> = each.iter().filter_map(|one| asked(&one)).collect();
        let others = each.iter().filter(|one| asked(one).is_none());
        let simple = boxes.len() < 2
            && others.clone().all(|one| match one {
                Condition::Fact(of) => !matches!(&of.is, Is::OneOf(words) if words.len() > 1),
                _ => false,
            });
        let mut told: Vec<_> = others.map(|one| self.condition(one)).collect();
        if !boxes.is_empty() {
            let names: Vec<_> = boxes.iter().map(|one| self.box_of(one)).collect();
            let any = self.or(&names);
            told.push(self.phrases.fill("condition-boxes", &[("boxes", &any)]));
        }
        let alone = told.len() == 1;
        let told = told.into_iter().zip('a'..).map(|(text, letter)| {
            if simple || alone {
                text
            } else {
                format!("({letter}) {text}")
            }
        });
        let told = self.or(&told.collect::<Vec<_>>());
        if either && !alone {
            self.phrases.fill("either", &[("all", &told)])
        } else {
            told
        }
    }

    fn clauses(&self, all: &[String]) -> String {
        match all {
            [first @ .., last] if !first.is_empty() => self.phrases.fill(
                "clauses-and",
                &[("first", &first.join("; ")), ("last", last)],
            ),
            _ => all.concat(),
        }
    }

    fn or(&self, all: &[String]) -> String {
        match all {
            [first @ .., last] if !first.is_empty() => self
                .phrases
                .fill("list-or", &[("first", &first.join(", ")), ("last", last)]),
            _ => all.concat(),
        }
    }

    fn fact(&self, of: &Stated) -> String {
        if let Some(one) = of.fact.strip_prefix(BOX) {
            let name = match of.holds {
                true => "condition-boxes",
                false => "condition-boxes-not",
            };
            return self.phrases.fill(name, &[("boxes", &self.box_of(one))]);
        }
        let (is, not) = shortest(&of.is, of.holds);
        let not = if not { "-not" } else { "" };
        let name = format!("fact-{}{not}", name(&of.fact));
        let said = match &is {
            Is::True => self.phrases.known(&name, &[]),
            Is::Known => self.phrases.known(&format!("{name}-known"), &[]),
            Is::Same(other) => self
                .phrases
                .known(&format!("{name}-is-{}", self::name(other)), &[]),
            Is::NotAfter(other) => self
                .phrases
                .known(&format!("{name}-by-{}", self::name(other)), &[]),
            Is::AtLeast(count) => self.phrases.known(&name, &[("count", Value::from(*count))]),
            Is::Before(day) => self
                .phrases
                .known(&name, &[("day", self.phrases.day(*day).into())]),
            Is::OneOf(words) => self
                .words(words)
                .and_then(|values| self.phrases.known(&name, &[("values", values.into())])),
        };
        said.unwrap_or_else(|| self.phrases.word("condition-unread"))
    }

    fn words(&self, words: &[Word]) -> Option<String> {
        let all: Option<Vec<_>> = words.iter().map(|word| self.value(word)).collect();
        Some(self.or(&all?))
    }

    fn value(&self, word: &Word) -> Option<String> {
        let phrases = self.phrases;
        let named = |kind: &str| phrases.known(&format!("{kind}-{}", word.name), &[]);
        match word.kind.as_str() {
            "Country" => named("country-named").or_else(|| {
                let country = CountryCode::try_from(word.name.clone()).ok()?;
                Some(phrases.country(country))
            }),
            "Group" => named("value-group").or_else(|| {
                let name = word.name.as_str();
                Some(phrases.fill("value-group-other", &[("name", name)]))
            }),
            "Clock" => self.clock(&word.name),
            "Category" => named("category"),
            "InstrumentKind" => named("instrument").map(|name| self.with_article(name)),
            "AuthorityKind" => named("value-authority"),
            "IssuerKind" => named("value-issuer"),
            "Measure" => named("value-measure"),
            "Controller" => named("value-controller"),
            "Service" => named("value-service"),
            "Notification" => named("value-notification"),
            "Purpose" => named("value-purpose"),
            "ConflictGround" => named("value-ground"),
            "ConflictOutcome" => named("value-outcome"),
            "Objection" => named("value-objection"),
            _ => None,
        }
    }

    /// A clock by its length and its provision: it has no name that people know.
    fn clock(&self, id: &str) -> Option<String> {
        let clock = self
            .packs
            .clocks()
            .rules()
            .iter()
            .find(|one| one.id == id)?;
        let unit = format!("period-{}", clock.unit.as_str());
        let period = self.phrases.count(&unit, u64::from(clock.amount));
        let cite = self.phrases.cite(id, &clock.cite);
        let blanks = [("period", period.as_str()), ("cite", &cite)];
        Some(self.phrases.fill("value-clock", &blanks))
    }

    /// English has an article before the name of an instrument; the other two say it without.
    fn with_article(&self, name: String) -> String {
        if self.phrases.language() != Language::English {
            return name;
        }
        let an = name.starts_with(['a', 'e', 'i', 'o', 'u']);
        format!("{} {name}", if an { "an" } else { "a" })
    }
}

/// A long list of kinds of authority by what is missing in it, and the other way round: `not a
/// private party` says what six names hide.
fn shortest(is: &Is, holds: bool) -> (Is, bool) {
    const KINDS: [&str; 7] = [
        "court",
        "prosecutor",
        "police",
        "central-authority",
        "security-service",
        "other-authority",
        "private-party",
    ];
    let Is::OneOf(words) = is else {
        return (is.clone(), !holds);
    };
    let kind = "AuthorityKind";
    if words.len() * 2 <= KINDS.len() + 1 || words.iter().any(|word| word.kind != kind) {
        return (is.clone(), !holds);
    }
    let missing = KINDS
        .into_iter()
        .filter(|name| words.iter().all(|word| word.name != *name));
    let missing: Vec<_> = missing
        .map(|name| Word {
            kind: kind.to_owned(),
            name: name.to_owned(),
        })
        .collect();
    (Is::OneOf(missing), holds)
}

/// A fact as its sentence is named.
fn name(fact: &str) -> String {
    fact.strip_prefix("context.")
        .unwrap_or(fact)
        .replace(['.', '_'], "-")
}
