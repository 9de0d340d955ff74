//! What the programs tell the people who run them.
//!
//! **Invariant.** What is told is one [`Happening`] out of a closed list, with a word that is part
//! of the program, a number and a time. No text that comes from outside fits into that, so no
//! account, name, reference, file or secret can get into a log, at no level. `docs/logging.md` is
//! the list for readers; a test holds the two together.

use std::fmt;

use tracing::Level;

/// Under which name everything is told. The command line passes on nothing else, so that no library
/// says more.
pub const TARGET: &str = "lagrum";

/// One line of the closed list: its name, its level, and what it means.
macro_rules! happenings {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal $level:ident,)+) => {
        /// Something that is told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Happening {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Happening {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in a log.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// How much it matters.
            #[must_use]
            pub fn level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)+
                }
            }
        }
    };
}

happenings! {
    /// A command ended as it should. `code`: the command; `ms`: how long it took.
    CommandDone = "command-done" DEBUG,
    /// A command was not possible, or failed. `code`: the command; `ms`.
    CommandFailed = "command-failed" WARN,
    /// A check failed: a package, a signature or the log is not as it should be. `code`: the
    /// command; `ms`.
    CheckFailed = "check-failed" ERROR,
    /// Somebody wanted to do what their role does not permit. `code`: the action.
    NotAllowed = "not-allowed" WARN,
    /// Somebody is not in `people.toml`, or did not say as whom they act.
    NotKnown = "not-known" WARN,
    /// Somebody signed in at the desk on the web. `code`: `passkey`, `link` or `openid`.
    SignedIn = "signed-in" INFO,
    /// Somebody wanted to sign in there, and was not. `code`: with what, or why.
    NotSignedIn = "not-signed-in" WARN,
    /// Which account at the sign-in provider signs whom in changed. `code`: `asked`, `refused`, `bound` or
    /// `ended`.
    BindingChanged = "binding-changed" INFO,
    /// The log was brought up to the events. `count`: how many entries it has now; `ms`.
    Settled = "settled" INFO,
    /// The log could not be brought up to the events; nothing is lost. `ms`.
    NotSettled = "not-settled" ERROR,
    /// Something could not be done for one case or one agent; it stopped nothing else, and is tried
    /// again (an agent's token is shown again). `code`: `not-reached`, `not-fetched`, `not-believed`, `not-let-in` or `damaged`.
    HeldUp = "held-up" ERROR,
    /// An agent refused a mandate, or could not carry it out. `code`: why.
    MandateRefused = "mandate-refused" ERROR,
    /// An agent carried a mandate out.
    MandateCarriedOut = "mandate-carried-out" INFO,
    /// An agent shut itself in. `count`: to how many ports it still connects, if not to all.
    ShutIn = "shut-in" INFO,
    /// An agent did not shut itself in, or not whole. `code`: `off`, or what is not given up (`files`, `emptying`,
    /// `devices`, `tcp`, `others`, `calls`).
    NotShutIn = "not-shut-in" WARN,
    /// An agent runs as root.
    RunsAsRoot = "runs-as-root" WARN,
    /// What searches withheld waits for counsel. `count`: how much.
    WaitsForCounsel = "waits-for-counsel" WARN,
}

impl fmt::Display for Happening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What is told beside the name. There is no field for a text that is made while a program runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// A word that is written in the program: a command, an action, the code of a refusal.
    pub code: Option<&'static str>,
    /// How many.
    pub count: Option<u64>,
    /// How long, in milliseconds.
    pub ms: Option<u64>,
}

impl Happening {
    /// Tells it to whoever listens.
    pub fn tell(self, facts: Facts) {
        let Facts { code, count, ms } = facts;
        let event = self.as_str();
        macro_rules! at {
            ($level:ident) => {
                tracing::event!(target: TARGET, Level::$level, event, code, count, ms)
            };
        }
        match self.level() {
            Level::ERROR => at!(ERROR),
            Level::WARN => at!(WARN),
            Level::INFO => at!(INFO),
            Level::DEBUG => at!(DEBUG),
            _ => at!(TRACE),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn each_happening_is_told_under_its_name_with_its_facts_and_nothing_else() {
        let written = Written::default();
        let to = written.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .without_time()
            .with_ansi(false)
            .with_writer(move || to.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            for happening in Happening::ALL {
                happening.tell(Facts {
                    code: Some("decide"),
                    count: Some(3),
                    ms: None,
                });
            }
        });
        let text = String::from_utf8(written.0.lock().expect("no panic").clone()).expect("UTF-8");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), Happening::ALL.len());
        for (line, happening) in lines.iter().zip(Happening::ALL) {
            let level = happening.level();
            let expected =
                format!("{level:>5} lagrum: event=\"{happening}\" code=\"decide\" count=3");
            assert_eq!(*line, expected);
        }
    }

    #[test]
    fn the_page_for_readers_has_exactly_these_names() {
        let page = include_str!("../../../docs/logging.md");
        let listed: Vec<_> = page
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
            .map(|(name, rest)| (name, rest.split(' ').next().unwrap_or_default()))
            .collect();
        let ours: Vec<_> = Happening::ALL
            .iter()
            .map(|happening| {
                (
                    happening.as_str(),
                    happening.level().as_str().to_lowercase(),
                )
            })
            .collect();
        let ours: Vec<_> = ours
            .iter()
            .map(|(name, level)| (*name, level.as_str()))
            .collect();
        assert_eq!(listed, ours);
    }
}
