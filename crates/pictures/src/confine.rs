//! Shutting a process in.

#[cfg(target_os = "linux")]
pub(crate) use linux::{confine, still_possible};

/// Elsewhere nothing is taken apart.
#[cfg(not(target_os = "linux"))]
pub(crate) fn confine() -> Result<(), ()> {
    Err(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn still_possible() -> Vec<String> {
    vec!["everything".to_owned()]
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::fs::File;
    use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
    use std::process::Command;

    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset,
        RulesetAttr as _, Scope,
    };
    use rustix::process::{Resource, Rlimit, setrlimit};
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, apply_filter,
    };

    /// Memory that is the process's own, in bytes.
    const MEMORY: u64 = 384 << 20;
    /// Time on a processor, in seconds.
    const SECONDS: u64 = 10;

    /// From here on this process reads what is open, writes what is open, and computes. `Err`: it cannot be
    /// shut in here.
    pub(crate) fn confine() -> Result<(), ()> {
        limits()?;
        // Where the kernel has it: no file, no network, no signal to others. The filter forbids the same.
        landlock();
        filter()
    }

    fn limits() -> Result<(), ()> {
        for (what, most) in [
            (Resource::Core, 0),
            (Resource::Fsize, 0),
            (Resource::Data, MEMORY),
            (Resource::Cpu, SECONDS),
        ] {
            let limit = Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            setrlimit(what, limit).map_err(drop)?;
        }
        Ok(())
    }

    fn landlock() {
        let shut = || {
            Ruleset::default()
                .set_compatibility(CompatLevel::BestEffort)
                .handle_access(AccessFs::from_all(ABI::V6))?
                .handle_access(AccessNet::from_all(ABI::V6))?
                .scope(Scope::from_all(ABI::V6))?
                .create()?
                .restrict_self()
        };
        let _: Result<_, landlock::RulesetError> = shut();
    }

    /// What a process needs that computes: memory, what is open already, its own end.
    const CALLS: &[i64] = &[
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_readv,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_sched_yield,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    fn filter() -> Result<(), ()> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            CALLS.iter().map(|call| (*call, vec![])).collect();
        // Memory that can be run is not asked for.
        for call in [libc::SYS_mmap, libc::SYS_mprotect] {
            let bit = u64::from(libc::PROT_EXEC.unsigned_abs());
            let no_code =
                SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(bit), 0);
            let rule = SeccompRule::new(vec![no_code.map_err(drop)?]).map_err(drop)?;
            rules.insert(call, vec![rule]);
        }
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let machine = std::env::consts::ARCH.try_into().map_err(drop)?;
        let filter =
            SeccompFilter::new(rules, refused, SeccompAction::Allow, machine).map_err(drop)?;
        let program: BpfProgram = filter.try_into().map_err(drop)?;
        apply_filter(&program).map_err(drop)
    }

    /// What is tried, and how; `true`: it was possible.
    type Try = (&'static str, fn((Ipv4Addr, u16)) -> bool);

    /// Tries what must not be possible. What was possible is named.
    pub(crate) fn still_possible() -> Vec<String> {
        let there = (Ipv4Addr::LOCALHOST, 9);
        let tries: [Try; 8] = [
            ("read a file", |_| File::open("/etc/hostname").is_ok()),
            ("read its own memory", |_| {
                File::open("/proc/self/mem").is_ok()
            }),
            ("list a directory", |_| std::fs::read_dir("/").is_ok()),
            ("write a file", |_| {
                let place = "/tmp/lagrum-pictures-try";
                let made = File::create(place).is_ok();
                let _ = std::fs::remove_file(place);
                made
            }),
            ("listen", |_| {
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).is_ok()
            }),
            ("reach the network", |there| {
                // Refused by whoever is there would mean that it could ask.
                match TcpStream::connect(there) {
                    Ok(_) => true,
                    Err(error) => error.kind() != std::io::ErrorKind::PermissionDenied,
                }
            }),
            ("send a packet", |_| {
                UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).is_ok()
            }),
            ("start a program", |_| {
                Command::new("/bin/true").status().is_ok()
            }),
        ];
        let possible = tries.into_iter().filter(|(_, possible)| possible(there));
        possible.map(|(what, _)| what.to_owned()).collect()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn what_is_tried_is_possible_for_a_process_that_is_not_shut_in() {
        let possible = super::still_possible();
        for what in [
            "read a file",
            "write a file",
            "listen",
            "reach the network",
            "start a program",
        ] {
            assert!(
                possible.iter().any(|one| one == what),
                "{what} not in {possible:?}"
            );
        }
    }
}
