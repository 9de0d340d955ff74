//! What a person sets for themselves at the desk. It changes what pages look like to them, and nothing else.

use lagrum_documents::Zone;
use lagrum_model::{Language, Role};
use serde::{Deserialize, Serialize};

/// The settings of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The language that a browser gets when they sign in.
    pub(crate) language: Option<Language>,
    /// In which zone times are shown, by its name; the desk's own, if none.
    pub(crate) zone: Option<String>,
    /// What they see first, by its word in [`starts`].
    pub(crate) start: Option<String>,
    /// Whether one key is enough for what is done often (WCAG 2.2, 2.1.4: it can be turned off).
    pub(crate) keys: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            zone: None,
            start: None,
            keys: true,
        }
    }
}

impl Settings {
    pub(crate) fn zone(&self) -> Option<Zone> {
        Zone::named(self.zone.as_deref()?).ok()
    }

    /// The address that they see first.
    pub(crate) fn start(&self, role: Role) -> Option<&'static str> {
        let wanted = self.start.as_deref()?;
        let found = starts(role).iter().find(|(word, _)| *word == wanted);
        found.map(|(_, address)| *address)
    }
}

/// What somebody in a role can see first: its word, and its address. The first is what they see if they choose
/// nothing.
pub(crate) fn starts(role: Role) -> &'static [(&'static str, &'static str)] {
    match role {
        Role::Analyst => &[
            ("mine", "/cases?view=mine"),
            ("today", "/cases?view=today"),
            ("unassigned", "/cases?view=unassigned"),
            ("open", "/cases?view=open"),
            ("inbox", "/inbox"),
        ],
        Role::Counsel => &[
            ("counsel", "/cases?view=counsel"),
            ("challenges", "/challenges"),
            ("withheld", "/withheld"),
            ("mine", "/cases?view=mine"),
            ("open", "/cases?view=open"),
        ],
        Role::Auditor => &[("audit", "/audit"), ("open", "/cases?view=open")],
        Role::Administrator | Role::DataOperator => &[("order", "/order")],
    }
}
