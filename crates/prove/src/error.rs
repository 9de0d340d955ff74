/// Why nothing could be proved. A refuted invariant is no error; it is in the report.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// The program was built without the prover.
    #[error(
        "this program was built without the prover: build it with `--features prove`, or take a release, which has it"
    )]
    NotBuilt,
    /// The solver is not there.
    #[error(
        "the solver `{program}` cannot be started: {why}. Install the Debian package `cvc5` (apt-get install cvc5), or name the program in the environment variable CVC5"
    )]
    NoSolver {
        /// The program that was tried.
        program: String,
        /// What the system said.
        why: String,
    },
    /// An invariant cannot be read.
    #[error("law file `{path}`, invariant `{invariant}`: {why}")]
    Invariant {
        /// The file.
        path: String,
        /// Its `@id`, or its number in the file if it has none.
        invariant: String,
        /// The requirement and the way out.
        why: String,
    },
    /// A rule that is proved about cannot be put to the prover.
    #[error("the rules cannot be put to the prover: {0}")]
    Rules(String),
    /// The two laws that are compared do not use the same words.
    #[error(
        "the two laws cannot be compared, rule `{rule}`: {why}. Both need the same `schema.cedarschema`"
    )]
    OtherWords {
        /// The rule of the second law.
        rule: String,
        /// What the validator said.
        why: String,
    },
    /// The law cannot be taken of that day.
    #[error(transparent)]
    Law(#[from] lagrum_law::LawError),
}
