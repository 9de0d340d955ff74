//! `lagrum report look`: what cannot be in figures that somebody else published.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use lagrum_statistics::check::{Columns, csv};

use crate::context::Context;
use crate::output::Failure;

/// No table of figures is longer.
const LONGEST: u64 = 64 << 20;

/// Look for what cannot be in figures that somebody else published
///
/// More disclosed than was received, percentages that do not follow, numbers below zero. It ends with 3 where there is
/// such a row. That is no proof of a lie: who counts what was disclosed in a year for requests of the year before prints
/// such rows, too.
#[derive(clap::Args)]
pub struct LookAt {
    /// The file: CSV with a line of heads
    file: PathBuf,
    /// The column of requests received
    #[arg(long, value_name = "HEAD")]
    received: String,
    /// The column of requests for which something was disclosed
    #[arg(long, value_name = "HEAD")]
    disclosed: Option<String>,
    /// The column of the same as a percentage, 0 to 100
    #[arg(long, value_name = "HEAD")]
    percentage: Option<String>,
}

impl LookAt {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let file = self.file.display().to_string();
        let text = lagrum_durable::read(&self.file, LONGEST)?;
        let columns = Columns {
            received: &self.received,
            disclosed: self.disclosed.as_deref(),
            percentage: self.percentage.as_deref(),
        };
        let found = csv(&text, &columns)
            .map_err(|why| anyhow!(why))
            .context(file)?;
        let flags = found.flags.iter();
        let flagged: Vec<_> = flags
            .map(|(row, fault)| serde_json::json!({"row": row, "fault": fault.to_string()}))
            .collect();
        let json = serde_json::json!({
            "rows": found.rows, "not_numbers": found.not_numbers, "flagged": flagged,
        });
        context.output.show(&json, || {
            let mut lines: Vec<String> = found
                .flags
                .iter()
                .map(|(row, fault)| format!("Row {row}: {fault}."))
                .collect();
            lines.push(format!(
                "Rows: {}; flagged: {}; cells that are no number, and were not judged: {}.",
                found.rows,
                found.flags.len(),
                found.not_numbers
            ));
            lines.join("\n")
        })?;
        match found.flags.is_empty() {
            true => Ok(()),
            false => Err(Failure::NotInOrder),
        }
    }
}
