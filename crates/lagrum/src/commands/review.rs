//! `lagrum review`

use std::path::PathBuf;

use lagrum_desk::ReviewTaken;
use lagrum_model::CaseId;

use crate::context::Context;
use crate::output::Failure;

/// The longest file that is read: a thousand decisions with their reasons.
const LONGEST: u64 = 4 << 20;

/// Take what counsel decided about withheld data (`lagrum agent review`), and draft its mandate
#[derive(clap::Args)]
pub struct Review {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The file that `lagrum agent review --out` wrote
    file: PathBuf,
}

impl Review {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let note = lagrum_durable::read(&self.file, LONGEST)?;
        let (_, done) = context.change(|session| Ok(session.review(&self.case, &note)?))?;
        context.output.show(&done, || said(&done.outcome))
    }
}

fn said(taken: &ReviewTaken) -> String {
    format!(
        "Case {case}: counsel releases {} and refuses {} of what was withheld. The mandate for it waits for two signatures, one of them by {}. Next: lagrum approve {case}",
        taken.released,
        taken.refused,
        taken.by,
        case = taken.case
    )
}
