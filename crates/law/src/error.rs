use jiff::civil::Date;
use lagrum_model::WrongOrder;

/// Why the law could not be read or applied. Every variant means: nothing is produced.
#[derive(Debug, thiserror::Error)]
pub enum LawError {
    /// A file or folder could not be read.
    #[error("law file `{path}` cannot be read: {source}. Check that it exists and may be read")]
    Read {
        /// The file, below the folder of the law packs.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that every set of packs has is not there.
    #[error("law file `{0}` is missing: every set of law packs has it")]
    Missing(String),
    /// A file that no rule would be read from.
    #[error(
        "law file `{0}` is not read by anything: rules stand in `<pack>/<name>.cedar`, facts in `facts.toml`, pages in `README.md`. Rename or remove it"
    )]
    Unexpected(String),
    /// A file is not text.
    #[error("law file `{0}` is not UTF-8 text: save it as UTF-8")]
    NotText(String),
    /// A TOML file does not say what it must.
    #[error("law file `{path}`: {why}")]
    Facts {
        /// The file.
        path: String,
        /// The field, the rule and the way out.
        why: String,
    },
    /// The schema is wrong.
    #[error("law file `schema.cedarschema`: {0}")]
    Schema(String),
    /// A file of rules is not Cedar.
    #[error("law file `{path}` is not Cedar: {why}")]
    Syntax {
        /// The file.
        path: String,
        /// What the parser said.
        why: String,
    },
    /// A rule lacks something or says something that it must not.
    #[error("law file `{path}`, rule `{rule}`: {why}")]
    Rule {
        /// The file.
        path: String,
        /// The rule's `@id`, or its number in the file if it has none.
        rule: String,
        /// The requirement and the way out.
        why: String,
    },
    /// A day for which the packs were not read.
    #[error(
        "the law packs were not read for {asked}: the earliest day is {earliest}. Ask for a later day, or have counsel read the older law and change `earliest` in `facts.toml`"
    )]
    TooEarly {
        /// The day asked for.
        asked: Date,
        /// The first day for which the packs were read.
        earliest: Date,
    },
    /// The facts of a question could not be put before the rules.
    #[error("the question cannot be put to the rules: {0}. Nothing is produced")]
    Question(String),
    /// What happened to a demand cannot have happened in that order.
    #[error(transparent)]
    Moments(#[from] WrongOrder),
    /// A rule failed while it was evaluated.
    #[error(
        "rule `{rule}` failed while it was applied: {why}. Nothing is produced; correct the rule"
    )]
    Evaluation {
        /// The rule.
        rule: String,
        /// What the evaluator said.
        why: String,
    },
}
