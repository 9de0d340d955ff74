//! `lagrum demo`

use std::io::IsTerminal as _;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use lagrum_demo::{ANALYST, NotGenuine, Step, Told, answer_line, introduction, page};
use rand_core::OsRng;

use crate::commands::serve::serve_here;
use crate::context::{Context, Machine};
use crate::output::Failure;

/// Run twelve sample demands end to end at a fictional mail provider
#[derive(clap::Args)]
pub struct Demo {
    /// Fill the provider's stores from this mail: a Maildir, an mbox (also .gz, .zst), or a folder of
    /// .eml files. Without it the demo makes mail
    #[arg(long, value_name = "PATH")]
    mail: Option<PathBuf>,
}

impl Demo {
    /// Runs it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let output = &context.output;
        let style = ProgressStyle::with_template("filling the stores: {pos} messages ({elapsed})")?;
        let filling = ProgressBar::no_length().with_style(style);
        let mut random = OsRng;
        let mut demo = lagrum_demo::Demo {
            place: &context.place,
            time: &Machine,
            random: &mut random,
        };
        let told = demo.run(self.mail.as_deref(), &mut |step| {
            match step {
                Step::Filling(messages) => filling.set_position(messages),
                Step::Ready(world) => {
                    filling.finish_and_clear();
                    if !output.json {
                        output.print("")?;
                        output.document(&introduction(world))?;
                        output.print("")?;
                    }
                }
                Step::Answered(one) => {
                    let line = output.filled(&format!("{:>3}  ", one.number), &answer_line(one));
                    output.say(line)?;
                }
            }
            Ok(())
        });
        let told = told.map_err(|error| match error.is::<NotGenuine>() {
            true => Failure::NotGenuine(error),
            false => error.into(),
        })?;
        if output.json {
            return output.show(&told, String::new);
        }
        output.print("")?;
        output.document(&page(&told))?;
        output.print(look_around(&told))?;
        match std::io::stdout().is_terminal() {
            true => serve_here(context),
            false => Ok(()),
        }
    }
}

/// What to try next, as commands that work where the demo was started.
fn look_around(told: &Told) -> String {
    let dir = quoted(&told.dir.display().to_string());
    let case = told.demands.first().map(|one| one.case.to_string());
    let by = format!("{} --dir {dir} --as {ANALYST}", started_as());
    let mut lines = vec![
        "\nLook around:".to_owned(),
        format!("  {by} cases"),
        format!("  {by} assess {dir}/demands/01-warrant-2013.toml --as-of 2016-07-15"),
        format!("  {by} log verify"),
        format!("  {by} desk serve"),
        format!(
            "  {} verify {} --trust {dir}/trust.toml --log {}",
            started_as(),
            quoted(&told.report.directory.display().to_string()),
            quoted(&told.report.log.display().to_string())
        ),
    ];
    if let Some(case) = case {
        lines.insert(2, format!("  {by} case {case}"));
    }
    lines.join("\n")
}

/// How this program is started from here: by its name, through cargo, or by its path.
fn started_as() -> String {
    let Ok(program) = std::env::current_exe() else {
        return "lagrum".to_owned();
    };
    let search = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&search)
        .map(|folder| folder.join("lagrum"))
        .find(|file| file.is_file());
    let same = found.and_then(|file| file.canonicalize().ok()) == program.canonicalize().ok();
    if same {
        "lagrum".to_owned()
    } else if std::env::var_os("CARGO_MANIFEST_DIR").is_some() {
        "cargo run --quiet --".to_owned()
    } else {
        quoted(&program.display().to_string())
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
