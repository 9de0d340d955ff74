//! `lagrum access matrix`, `lagrum desk rebuild`, `lagrum desk compare`

use crate::context::Context;
use crate::output::Failure;

/// Who may do what
#[derive(clap::Subcommand)]
pub enum Access {
    /// Print which role may do what, in which state of a case
    Matrix,
}

/// Look after the desk's database
#[derive(clap::Subcommand)]
pub enum Desk {
    /// Make the list of cases anew from the events
    Rebuild,
    /// Compare the list of cases with the events
    Compare,
}

impl Access {
    /// Prints it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let matrix = lagrum_access::matrix();
        context
            .output
            .show(&serde_json::json!({"matrix": matrix}), || matrix.clone())
    }
}

impl Desk {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| match self {
            Self::Rebuild => {
                let cases = session.rebuild()?;
                context
                    .output
                    .show(&serde_json::json!({"cases": cases}), || {
                        format!("The list of cases is made anew; cases: {cases}.")
                    })
            }
            Self::Compare => {
                let differ = session.compare()?;
                let json = serde_json::json!({"differ": differ});
                context.output.show(&json, || match differ.is_empty() {
                    true => "The list of cases is what follows from the events.".to_owned(),
                    false => {
                        let all: Vec<_> = differ.iter().map(ToString::to_string).collect();
                        format!(
                            "The list differs from the events for: {}. `lagrum desk rebuild` makes it anew.",
                            all.join(", ")
                        )
                    }
                })?;
                if differ.is_empty() {
                    return Ok(());
                }
                Err(Failure::NotGenuine(anyhow::anyhow!(
                    "the list of cases is not what follows from the events"
                )))
            }
        })
    }
}
