//! `lagrum desk state-loss`

use crate::context::Context;
use crate::output::Failure;

/// Say what of the public log is lost, and let the desk go on
///
/// For a desk that was restored from a copy older than the public log. What the log has and the desk does not is
/// taken in where it can be recognised; of the rest an entry of the log says, for everybody and for ever, that it is
/// lost and why. There is no way back. First look for a newer copy.
#[derive(clap::Args)]
pub struct StateLoss {
    /// Why, in one line that everybody can read: name no person and no case
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Give at least so many numbers of cases to no case: more than were opened after the copy was made. Where the
    /// log went on, a hundred more than entries are lost, if left out
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pass_over: u32,
}

impl StateLoss {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let (_, done) =
            context.change(|session| Ok(session.state_loss(&self.why, self.pass_over)?))?;
        let stated = done.outcome;
        let json = serde_json::json!({"loss": stated, "published": done.published});
        context.output.show(&json, || {
            let mut lines = vec![format!(
                "Entries of the public log that the desk lacked: {}. Of them recognised: {}; public texts: {}; lost: {}.",
                stated.entries, stated.recognised, stated.texts, stated.lost
            )];
            if let Some(numbers) = stated.passed_over {
                let (year, first, last) = (numbers.year, numbers.first, numbers.last);
                lines.push(format!(
                    "No case gets a number from {year}-{first:04} to {year}-{last:04}: cases that are lost may have had them."
                ));
            }
            if stated.lost > 0 {
                lines.push("The next entry of the log says what is lost.".to_owned());
            }
            if stated.uncounted > 0 {
                lines.push(format!(
                    "Cases that had a count card which the log has otherwise, and are counted anew when they are decided: {}.",
                    stated.uncounted
                ));
            }
            lines.push(LEFT.to_owned());
            lines.join("\n")
        })
    }
}

/// Also where no entry is lost: what waited for its place in the log left none.
const LEFT: &str = "What is left to do:\n\
- More than a hundred cases may have waited for their place in the log when the database was lost? Then pass over more\n\
  numbers before a case is opened: lagrum desk state-loss --why TEXT --pass-over NUMBER.\n\
- Demands that came after the copy was made have to be taken in again; their letters have numbers of then.\n\
- What agents were sent meanwhile they carry out, and the desk does not know of it: `lagrum settle` says so of each\n\
  answer. Decide anew, and mind that data may have left already.\n\
- No report can be made of a period that has files of count cards from then: what opens them is lost.";
