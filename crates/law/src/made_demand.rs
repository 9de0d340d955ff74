//! Demands for tests, written as demand files so that a new field of the model changes nothing here.

use std::sync::{Arc, OnceLock};

use lagrum_model::Demand;

use crate::LawPacks;

/// The packs that were compiled in, read once for all tests.
pub(crate) fn packs() -> &'static LawPacks {
    static PACKS: OnceLock<Arc<LawPacks>> = OnceLock::new();
    PACKS.get_or_init(|| LawPacks::embedded().expect("the packs are good"))
}

pub(crate) struct Made {
    pub(crate) kind: &'static str,
    pub(crate) country: &'static str,
    pub(crate) addressee: &'static str,
    pub(crate) issued_on: &'static str,
    pub(crate) issued_by: &'static str,
    /// Further lines of `[instrument]`.
    pub(crate) instrument: String,
    /// Further tables.
    pub(crate) tables: String,
    pub(crate) categories: &'static str,
}

impl Made {
    pub(crate) fn new(kind: &'static str, country: &'static str, addressee: &'static str) -> Self {
        Self {
            kind,
            country,
            addressee,
            issued_on: "2026-11-02",
            issued_by: "judge",
            instrument: String::new(),
            tables: String::new(),
            categories: r#""subscriber", "content""#,
        }
    }

    pub(crate) fn instrument(mut self, line: &str) -> Self {
        self.instrument.push_str(line);
        self.instrument.push('\n');
        self
    }

    pub(crate) fn issued(mut self, on: &'static str, by: &'static str) -> Self {
        self.issued_on = on;
        self.issued_by = by;
        self
    }

    pub(crate) fn table(mut self, text: &str) -> Self {
        self.tables.push_str(text);
        self.tables.push('\n');
        self
    }

    pub(crate) fn emergency(self) -> Self {
        self.table("[emergency]\nthreat_to = \"person\"\nfacts = \"a threat to kill\"")
    }

    pub(crate) fn demand(&self) -> Demand {
        let Self {
            kind,
            country,
            addressee,
            issued_on,
            issued_by,
            instrument,
            tables,
            categories,
        } = self;
        lagrum_model::testing::demand(&[&format!(
            r#"
[authority]
country = "{country}"
kind = "prosecutor"
[instrument]
kind = "{kind}"
country = "{country}"
issued_on = {issued_on}
issued_by = {{ name = "A court", kind = "{issued_by}" }}
{instrument}
[addressee]
country = "{addressee}"
{tables}
[[part]]
categories = [{categories}]
period = {{ from = "2026-03-01T00:00:00Z", until = "2026-06-01T00:00:00Z" }}
"#
        )])
    }
}
