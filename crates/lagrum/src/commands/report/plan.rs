//! `lagrum report plan`: what is published of a period, and what that could tell.

use lagrum_desk::Widths;
use lagrum_figures::{CouldTell, Period, Plan};

use super::Published;
use crate::context::Context;
use crate::output::Failure;

/// Fix what is to be published of a period
#[derive(clap::Args)]
pub struct PlanPeriod {
    /// The period, in UTC: 2027, 2027H1, 2027Q3, 2027-05 or 2027-05-17
    period: String,
    #[command(flatten)]
    published: Published,
    /// Say what these figures could tell of what they hide, and fix nothing: what is fixed stays
    #[arg(long)]
    look: bool,
}

impl PlanPeriod {
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let period = Period::parse(&self.period)?;
        let widths = Widths::from(self.published);
        let ((plan, could), how, new) = match self.look {
            true => {
                let looked =
                    context.at_desk(|session| Ok(session.plan_could_tell(&period, widths)?))?;
                (looked, "not fixed by this, and would be", false)
            }
            false => {
                let (_, planned) = context.change(|session| {
                    let (_, new) = session.plan_report(&period, widths)?;
                    Ok((new, session.plan_could_tell(&period, widths)?))
                })?;
                let (new, looked) = planned.outcome;
                let how = match new {
                    true => "fixed now; the log holds it with its next batch",
                    false => "fixed before: it stays",
                };
                (looked, how, new)
            }
        };
        let Plan { band, sealed, .. } = plan;
        let example = could.example.as_ref().map(|one| {
            serde_json::json!({
                "demands": one.demands, "what": one.what, "between": [one.low, one.high],
            })
        });
        let json = serde_json::json!({
            "period": period.to_string(), "new": new, "band": band, "sealed": sealed,
            "could_tell": {
                "never": could.never, "could": could.could, "unknown": could.unknown, "example": example,
            },
        });
        context.output.show(&json, || {
            let width = |width| match width {
                1 => "as they are".to_owned(),
                width => format!("in bands of {width}"),
            };
            format!(
                "What is published of {period} is {how}: figures {}; not answered yet and others {}.\n\n{}",
                width(band),
                width(band.max(sealed)),
                in_words(&could, plan)
            )
        })
    }
}

/// Bands that are proposed.
const BANDS: [u32; 6] = [10, 25, 50, 100, 250, 1_000];

/// What a plan could tell, for counsel.
fn in_words(could: &CouldTell, plan: Plan) -> String {
    let band = plan.band;
    let mut text = String::new();
    if band == 1 {
        text.push_str(
            "Figures as they are hide nothing: where there are few demands, they tell of each.\n",
        );
    }
    if !could.never.is_empty() {
        text.push_str(&format!(
            "Whatever comes, no reader can tell more than its band of: {}.\n",
            could.never.join("; ")
        ));
    }
    let more = could.could.len() + could.unknown.len();
    if more == 0 {
        return text;
    }
    text.push_str(&format!(
        "Bands alone do not hide everything. Of {more} classes, or accounts of classes, a reader could tell more than the band in a period with few kinds of demands{}.\n",
        match could.unknown.len() {
            0 => String::new(),
            number => format!(" ({number} of them may be safe; that was not found out)"),
        }
    ));
    if let Some(example) = &could.example {
        text.push_str("For example, if nothing came but\n");
        for (class, number) in &example.demands {
            text.push_str(&format!("  {number:>5}  {class}\n"));
        }
        text.push_str(&format!(
            "everybody could tell that {} is {} to {}.\n",
            example.what, example.low, example.high
        ));
    }
    text.push_str(&format!(
        "So the desk looks again when the report is made, with the true demands, also for what an authority can tell that knows its own; \
         it makes none that tells too much. That none is made tells something too: where a few authorities, or one kind of instrument, \
         send most of your demands, take wider bands, as --band {}. With --look this is said, and nothing is fixed.",
        BANDS.into_iter().find(|wider| *wider > band).unwrap_or(band)
    ));
    text
}
