//! Starting a program that can neither write files nor reach the network.

use std::io;
use std::process::{Child, Command};

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

#[cfg(not(target_os = "linux"))]
fn shut_in(_: Shut) -> io::Result<()> {
    Err(io::Error::other("a program can be shut in on Linux only"))
}

#[cfg(target_os = "linux")]
fn shut_in(shut: Shut) -> io::Result<()> {
    // Where the kernel has it.
    let _ = landlocked(shut);
    match shut {
        Shut::In => filtered().map_err(|_| io::Error::other("it cannot be shut in here")),
        _ => Ok(()),
    }
}

/// No file is written but the one that keeps nothing; no TCP; no signal to others.
#[cfg(target_os = "linux")]
fn landlocked(shut: Shut) -> Result<(), landlock::RulesetError> {
    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset,
        RulesetAttr as _, RulesetCreatedAttr as _, Scope, path_beneath_rules,
    };
    let rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_write(ABI::V6))?
        .scope(Scope::from_all(ABI::V6))?;
    let rules = match shut {
        Shut::In => rules.handle_access(AccessNet::from_all(ABI::V6))?,
        _ => rules,
    };
    let nothing = path_beneath_rules(["/dev/null"], AccessFs::WriteFile);
    rules.create()?.add_rules(nothing)?.restrict_self()?;
    Ok(())
}

/// No socket but those of this machine.
#[cfg(target_os = "linux")]
fn filtered() -> Result<(), Box<dyn std::error::Error>> {
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, apply_filter,
    };
    let local = u64::from(libc::AF_UNIX.unsigned_abs());
    let others = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)?;
    let rules = [
        (libc::SYS_socket, vec![SeccompRule::new(vec![others])?]),
        // What is asked for through it passes no filter.
        (libc::SYS_io_uring_setup, vec![]),
    ];
    let refused = SeccompAction::Errno(libc::EACCES.unsigned_abs());
    let machine = std::env::consts::ARCH.try_into()?;
    let rules = rules.into_iter().collect();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, machine)?;
    let program: BpfProgram = filter.try_into()?;
    Ok(apply_filter(&program)?)
}
