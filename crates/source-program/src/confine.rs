//! Starting a program that can neither write files nor reach the network.

use std::collections::BTreeSet;
use std::io;
use std::process::{Child, Command};

use lagrum_confine::{Calls, Files, Limits, Part, Tcp};

/// How far a program is shut in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shut {
    /// Not at all: it is Dovecot's own tool, which needs Dovecot.
    Out,
    /// It writes no file, and reaches no network.
    In,
    /// It writes no file.
    InWithNetwork,
}

/// Starts a program so. What shuts it in holds for everything that it starts itself.
pub(crate) fn spawn(command: &mut Command, shut: Shut) -> io::Result<Child> {
    if shut == Shut::Out {
        return command.spawn();
    }
    // What a thread forbids itself, it forbids what it starts; it ends here, and the others go on as before.
    let start = || {
        shut_in(shut)?;
        command.spawn()
    };
    let started = std::thread::scope(|scope| scope.spawn(start).join());
    started.unwrap_or_else(|_| Err(io::Error::other("it cannot be started")))
}

fn shut_in(shut: Shut) -> io::Result<()> {
    let network = shut != Shut::In;
    let limits = Limits {
        files: Files::Written {
            beneath: vec!["/dev/null".into()],
            run: true,
        },
        tcp: match network {
            true => Tcp::All,
            false => Tcp::To(BTreeSet::new()),
        },
        calls: Calls::Ordinary { network },
    };
    let missing = limits.hold_for_thread();
    // Files where the kernel has it; but none that was not allowed a network starts with one.
    match network || !missing.contains(&Part::Calls) {
        true => Ok(()),
        false => Err(io::Error::other("it cannot be shut in here")),
    }
}
