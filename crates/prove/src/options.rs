use jiff::civil::Date;

/// How to prove.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day whose law is proved.
    pub as_of: Date,
    /// How many solvers work at the same time.
    pub threads: usize,
    /// The solver: a path, or a name that is looked up in PATH.
    pub solver: String,
    /// Whether each pack is proved by itself (with those that carry the invariant) as well, and not
    /// only all of them together.
    pub each_pack: bool,
    /// Whether it is proved of each rule that it never fails.
    pub each_rule: bool,
    /// Whether rules that change nothing are looked for as well.
    pub useless: bool,
    /// Whether, in addition, prohibitions are looked for that only give the reason: the most costly
    /// search, since each is a question about the whole law.
    pub reasons: bool,
}

impl Options {
    /// For that day: two solvers, named by the environment variable CVC5 or `cvc5`.
    #[must_use]
    pub fn new(as_of: Date) -> Self {
        Self {
            as_of,
            threads: 2,
            solver: std::env::var("CVC5").unwrap_or_else(|_| "cvc5".into()),
            each_pack: true,
            each_rule: true,
            useless: true,
            reasons: false,
        }
    }
}
