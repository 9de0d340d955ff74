//! `lagrum desk log-key new`, `lagrum desk log-key use`

use crate::context::Context;
use crate::output::Failure;

/// Give the log another key; the old one stays valid for the past
#[derive(clap::Subcommand)]
pub enum LogKey {
    /// Make the key that the log gets next, and print what those who check the log need
    New,
    /// Let the log sign with its next key from now on
    Use,
}

impl LogKey {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::New => context.at_desk(|session| {
                let made = session.make_next_log_key()?;
                let (next, now, entries) = (&made.next, &made.now, made.entries);
                let json = serde_json::json!({
                    "next": next.to_string(), "now": now.to_string(), "entries": entries,
                });
                context.output.show(&json, || {
                    format!(
                        "The log's next key:\n\n    {next}\n\n\
                         Nothing is signed with it yet. Give each agent the new key in the `log` line of its log.policy, and\n\
                         its agent.toml the old one, with room for what is added until the change ({entries} entries now):\n\n\
                         {}\n\
                         Then `lagrum desk log-key use`.",
                        former(&now.to_string(), room(entries))
                    )
                })
            }),
            Self::Use => context.at_desk(|session| {
                let done = session.change_log_key()?;
                let (now, was, until) = (&done.now, &done.former, done.until);
                let json = serde_json::json!({
                    "now": now.to_string(), "former": was.to_string(), "until": until,
                });
                context.output.show(&json, || {
                    format!(
                        "The log signs with its new key from now on:\n\n    {now}\n\n\
                         The old one counts for the first {until} entries. Write so in each agent.toml and in trust.toml,\n\
                         where the new key takes the place of the old one, and publish trust.toml:\n\n\
                         {}",
                        former(&was.to_string(), until)
                    )
                })
            }),
        }
    }
}

/// The lines that name a former key.
fn former(key: &str, until: u64) -> String {
    format!("    [[former_log]]\n    key = \"{key}\"\n    until = {until}\n")
}

/// More entries than a log gets while its key is being changed.
fn room(entries: u64) -> u64 {
    (entries + 10_000).next_multiple_of(1_000)
}
