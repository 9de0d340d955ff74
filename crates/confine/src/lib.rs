//! Shutting a process in, or a thread with all that it starts: with Landlock and seccomp, as far as the kernel has them.
//!
//! **Invariant.** What was given up is never had again, neither by whoever gave it up nor by what they start. What the
//! kernel does not take away is named ([`Part`]), and is never said to be gone.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod landlocked;
#[cfg(all(test, target_os = "linux"))]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;

/// How far somebody is shut in. Signals to others and abstract sockets of others are always given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Which files are left.
    pub files: Files,
    /// Which connections over TCP are left.
    pub tcp: Tcp,
    /// What may be asked of the kernel.
    pub calls: Calls,
}

/// Which files are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// All to which the operating system gives access.
    All,
    /// Those that are open already: none is opened, listed, made or run.
    Open,
    /// All for reading. Written, made and removed is only beneath `beneath`; of what is not there, nothing is.
    Written {
        /// Directories, or files.
        beneath: Vec<PathBuf>,
        /// Whether programs are started.
        run: bool,
    },
}

/// Which connections over TCP are left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tcp {
    /// All.
    All,
    /// Those to these ports, wherever; nobody is listened to.
    To(BTreeSet<u16>),
}

/// What may be asked of the kernel. What is not, is answered with EPERM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calls {
    /// What a process needs that computes: memory, what is open already, its own end.
    Computing,
    /// What an ordinary program needs: none that looks into other processes, changes what is mounted, loads code into the
    /// kernel, sets the clock or makes namespaces.
    Ordinary {
        /// Whether there are other sockets than those of this machine.
        network: bool,
    },
}

/// Something that is given up, as far as one kernel has it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Files (Linux 5.13; beneath directories of one's own 5.19).
    Files,
    /// Emptying files (Linux 6.2).
    Emptying,
    /// Commands to devices (Linux 6.10).
    Devices,
    /// Connections over TCP (Linux 6.7).
    Tcp,
    /// Signals to other processes and their abstract sockets (Linux 6.12).
    Others,
    /// Calls of the kernel (seccomp).
    Calls,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Files,
        Self::Emptying,
        Self::Devices,
        Self::Tcp,
        Self::Others,
        Self::Calls,
    ];

    /// Its name in a log.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Emptying => "emptying",
            Self::Devices => "devices",
            Self::Tcp => "tcp",
            Self::Others => "others",
            Self::Calls => "calls",
        }
    }
}

impl Limits {
    /// Shuts the calling thread in, and all that it starts from here on: threads, and programs. Gives what the kernel
    /// does not take away.
    #[must_use = "what is missing does not hold"]
    pub fn hold_for_thread(&self) -> BTreeSet<Part> {
        #[cfg(target_os = "linux")]
        {
            let mut missing = landlocked::restrict(&self.files, &self.tcp);
            if calls::filter(self.calls, calls::Whom::Thread).is_err() {
                missing.insert(Part::Calls);
            }
            missing
        }
        #[cfg(not(target_os = "linux"))]
        BTreeSet::from(Part::ALL)
    }

    /// Shuts the process in. It has no other thread yet: where it has, or that cannot be seen, nothing is done but what
    /// holds for all threads, and all else is given as missing.
    #[must_use = "what is missing does not hold"]
    pub fn hold_for_process(&self) -> BTreeSet<Part> {
        #[cfg(target_os = "linux")]
        {
            let mut missing = match landlocked::is_alone() {
                true => landlocked::restrict(&self.files, &self.tcp),
                false => BTreeSet::from(Part::ALL),
            };
            match calls::filter(self.calls, calls::Whom::Process) {
                Ok(()) => missing.remove(&Part::Calls),
                Err(_) => missing.insert(Part::Calls),
            };
            missing
        }
        #[cfg(not(target_os = "linux"))]
        BTreeSet::from(Part::ALL)
    }
}

/// Whether this process has root's power over files.
#[must_use]
pub fn is_root() -> bool {
    #[cfg(target_os = "linux")]
    {
        rustix::process::geteuid().is_root()
    }
    #[cfg(not(target_os = "linux"))]
    false
}
