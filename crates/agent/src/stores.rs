//! Which sources lie in files, and by which rule each account has its place there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lagrum_model::{Category, EmailAddress};
use lagrum_source::{Source, SourceConfig, SourceError, Template, place_fault};

use crate::entered::{Entered, Lies};
use crate::{AgentConfig, AgentError};

/// The sources, as far as accounts are concerned.
pub(crate) struct Stores(Vec<Store>);

/// One source.
pub(crate) struct Store {
    pub(crate) id: String,
    /// The categories that it serves.
    pub(crate) serves: Vec<Category>,
    /// Accounts of which it has nothing, as the configuration says.
    pub(crate) none: Vec<EmailAddress>,
    /// Where accounts lie, if it is one in files.
    pub(crate) files: Option<Files>,
    none_normal: BTreeSet<String>,
}

/// A source in files.
pub(crate) struct Files {
    /// Its root, without links.
    pub(crate) root: PathBuf,
    pub(crate) rule: Rule,
}

/// By which rule an account has its place below a root.
pub(crate) enum Rule {
    /// Written by hand, as it is written and by the normal form.
    ByHand(BTreeMap<String, PathBuf>),
    /// One template for all.
    Template(Template),
    /// A column of the table.
    Column,
}

impl Stores {
    /// The sources of a configuration, opened.
    pub(crate) fn new(
        config: &AgentConfig,
        sources: &[Box<dyn Source>],
    ) -> Result<Self, AgentError> {
        let stores = config.sources.iter().zip(sources).map(|(written, source)| {
            let files = match source.root() {
                None => None,
                Some(root) => Some(Files {
                    // A root that is not there yet has no links either.
                    root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
                    rule: rule(config, written)?,
                }),
            };
            Ok(Store {
                id: written.id.clone(),
                serves: source.about().categories.clone(),
                none: written.none.clone(),
                none_normal: written.none.iter().map(|one| one.normal().into()).collect(),
                files,
            })
        });
        stores.collect::<Result<_, _>>().map(Self)
    }

    /// All of them. Their places in this list are what the index knows them by.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Store> {
        self.0.iter()
    }

    /// The one at a place of the list.
    pub(crate) fn get(&self, number: i64) -> Option<&Store> {
        self.0.get(usize::try_from(number).ok()?)
    }

    /// The one of this name.
    pub(crate) fn of(&self, source: &str) -> Option<&Store> {
        self.0.iter().find(|store| store.id == source)
    }

    /// Those whose places stand in a column of the table.
    pub(crate) fn with_column(&self) -> impl Iterator<Item = &str> {
        let of_column = |store: &&Store| {
            let rule = store.files.as_ref().map(|files| &files.rule);
            matches!(rule, Some(Rule::Column))
        };
        self.0
            .iter()
            .filter(of_column)
            .map(|store| store.id.as_str())
    }

    /// What the index of accounts has to be made anew for.
    pub(crate) fn settings(&self) -> Vec<u8> {
        let all = self.0.iter().map(|store| {
            let rule = store.files.as_ref().map(|files| match &files.rule {
                Rule::ByHand(places) => format!("{places:?}"),
                Rule::Template(template) => format!("{template:?}"),
                Rule::Column => "a column".to_owned(),
            });
            let root = store.files.as_ref().map(|files| &files.root);
            format!(
                "{:?}\n{:?}\n{root:?}\n{rule:?}\n",
                store.id, store.none_normal
            )
        });
        all.collect::<String>().into_bytes()
    }

    /// Checks that no two accounts have a place in common, or one within the other's, whoever they are: what is looked up
    /// one by one is never compared with all others.
    ///
    /// # Errors
    /// Which source has a rule by which they might.
    pub(crate) fn can_be_apart_unseen(&self) -> Result<(), AgentError> {
        let fault = |id: &str, why: String| {
            Err(AgentError::Config {
                file: "agent.toml".into(),
                why: SourceError::config(id, "place", why).to_string(),
            })
        };
        let files = self.0.iter();
        let files = files.filter_map(|store| Some((store.id.as_str(), store.files.as_ref()?)));
        let all: Vec<_> = files.collect();
        for (number, (id, files)) in all.iter().enumerate() {
            match &files.rule {
                Rule::Template(template) if !template.tells_all_apart() => {
                    return fault(
                        id,
                        "by it two accounts may have one place, and accounts that are looked up one by one are not compared; write the whole address as one part, `%u`, or its halves each as one, `%d/%n`".into(),
                    );
                }
                Rule::Column => {
                    return fault(
                        id,
                        "accounts that are looked up one by one are not compared, so that a column could give two of them one place; write a `place` that holds the whole address, `%u` or `%d/%n`".into(),
                    );
                }
                Rule::Template(_) | Rule::ByHand(_) => {}
            }
            for (other, before) in &all[..number] {
                let same = match (&before.rule, &files.rule) {
                    (Rule::Template(one), Rule::Template(two)) => one == two,
                    (Rule::ByHand(_), Rule::ByHand(_)) => continue,
                    _ => false,
                };
                let within =
                    before.root.starts_with(&files.root) || files.root.starts_with(&before.root);
                if within && !(same && before.root == files.root) {
                    return fault(
                        id,
                        format!(
                            "its root and that of source `{other}` lie one within the other, so that places by two rules might; accounts that are looked up one by one are not compared: give each a root of its own, or both the same root and place"
                        ),
                    );
                }
            }
        }
        Ok(())
    }

    /// Checks that no link lies on the way from the root of a source to a place: it could lead to another account's.
    ///
    /// # Errors
    /// Where one does, or where it cannot be seen.
    pub(crate) fn no_link_to(&self, source: &str, place: &Path) -> Result<(), String> {
        let Some(files) = self.of(source).and_then(|store| store.files.as_ref()) else {
            return Ok(());
        };
        let mut path = files.root.clone();
        for part in place.components() {
            path.push(part);
            let why = match std::fs::symlink_metadata(&path) {
                Ok(there) if there.is_symlink() => "is a link, and nobody could say whose place it leads to, since accounts that are looked up one by one are not compared; put the directory itself there".to_owned(),
                Ok(_) => continue,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
                Err(error) => error.to_string(),
            };
            return Err(format!("source `{source}`: `{}`: {why}", path.display()));
        }
        Ok(())
    }

    /// The places of an account, each below the root of its source.
    pub(crate) fn places_of(&self, account: &Entered) -> Result<Vec<(&str, PathBuf)>, String> {
        let mut places = Vec::new();
        for store in &self.0 {
            if let Some(place) = store.place_of(&account.facts.address, &account.lies)? {
                places.push((store.id.as_str(), place));
            }
        }
        Ok(places)
    }
}

impl Store {
    /// Whether it is said to have nothing of an account.
    pub(crate) fn has_none(&self, address: &EmailAddress, lies: &Lies) -> bool {
        lies.none.contains(&self.id) || self.none_normal.contains(address.normal())
    }

    /// Where an account lies, if it does.
    ///
    /// # Errors
    /// When its place would lie elsewhere, and when it has one although it should have none.
    pub(crate) fn place_of(
        &self,
        address: &EmailAddress,
        lies: &Lies,
    ) -> Result<Option<PathBuf>, String> {
        let Some(files) = &self.files else {
            return Ok(None);
        };
        let none = self.has_none(address, lies);
        let fault = |why: String| format!("source `{}`: field `accounts`: {why}", self.id);
        let place = match &files.rule {
            Rule::Template(_) if none => None,
            Rule::Template(template) => Some(
                template
                    .place_of(address)
                    .map_err(|why| format!("source `{}`: field `place`: {why}", self.id))?,
            ),
            Rule::ByHand(places) => places.get(address.normal()).cloned(),
            Rule::Column => lies.places.get(&self.id).cloned(),
        };
        let Some(place) = place else {
            return Ok(None);
        };
        if none {
            return Err(fault(format!(
                "`{address}` has a place and stands in `none`; keep one of the two"
            )));
        }
        if let Some(why) = place_fault(&place) {
            return Err(fault(format!("the place of `{address}` {why}")));
        }
        Ok(Some(place))
    }
}

fn rule(config: &AgentConfig, source: &SourceConfig) -> Result<Rule, AgentError> {
    let SourceConfig {
        id,
        accounts,
        place,
        ..
    } = source;
    let fault = |field: &str, why: String| {
        Err(AgentError::Config {
            file: "agent.toml".into(),
            why: SourceError::config(id, field, why).to_string(),
        })
    };
    match (place, accounts.is_empty()) {
        (Some(_), false) => fault(
            "place",
            "the places are written by hand as well; keep one of the two".into(),
        ),
        (Some(place), true) => match Template::parse(place) {
            Ok(template) => Ok(Rule::Template(template)),
            Err(why) => fault("place", why),
        },
        (None, false) => {
            let mut normal: BTreeMap<String, PathBuf> = BTreeMap::new();
            for (name, place) in accounts {
                if let Some(why) = place_fault(place) {
                    return fault("accounts", format!("the place of `{name}` {why}"));
                }
                // Names that are no addresses are refused where accounts are looked up.
                let key = EmailAddress::parse(name)
                    .map_or_else(|_| name.clone(), |address| address.normal().to_owned());
                if normal.insert(key, place.clone()).is_some() {
                    let why = format!("`{name}` stands there twice in two spellings; keep one");
                    return fault("accounts", why);
                }
            }
            Ok(Rule::ByHand(normal))
        }
        (None, true) if config.table.is_some() => Ok(Rule::Column),
        (None, true) => fault(
            "accounts",
            "names no account; write at least one, or one `place` for all".into(),
        ),
    }
}

/// A place below a root, without the parts that lead nowhere.
pub(crate) fn path_of(root: &Path, place: &Path) -> PathBuf {
    root.join(place).components().collect()
}
