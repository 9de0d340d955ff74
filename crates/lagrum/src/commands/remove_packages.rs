//! `lagrum remove-packages`

use lagrum_model::CaseId;

use crate::context::Context;
use crate::output::Failure;

/// Remove the sealed packages of a closed case, with all versions of them that a bucket keeps
///
/// What is recorded stays, and so do the receipts. Ends with exit code 3 while something is left.
#[derive(clap::Args)]
pub struct RemovePackages {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
}

impl RemovePackages {
    /// Removes them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let case = &self.case;
        let told = context.at_desk(|session| Ok(session.remove_packages(case)?))?;
        context.output.show(&serde_json::json!(told), || {
            let mut lines = vec![format!(
                "Case {case}: packages of which nothing is left here: {}.",
                told.removed.len()
            )];
            lines.extend(told.left.iter().map(|why| format!("NOT removed: {why}")));
            let unknown = told.not_known.iter();
            lines.extend(unknown.map(|why| format!("Not known whether anything is left of {why}")));
            lines.join("\n")
        })?;
        match told.left.is_empty() {
            true => Ok(()),
            false => Err(Failure::NotInOrder),
        }
    }
}
