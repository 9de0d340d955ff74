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
    use std::collections::BTreeSet;
    use std::fs::File;
    use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
    use std::process::Command;

    use lagrum_confine::{Calls, Files, Limits, Part, Tcp};
    use rustix::process::{Resource, Rlimit, setrlimit};

    /// Memory that is the process's own, in bytes.
    const MEMORY: u64 = 384 << 20;
    /// Time on a processor, in seconds.
    const SECONDS: u64 = 10;

    /// From here on this process reads what is open, writes what is open, and computes. `Err`: it cannot be
    /// shut in here.
    pub(crate) fn confine() -> Result<(), ()> {
        limits()?;
        let shut = Limits {
            files: Files::Open,
            tcp: Tcp::To(BTreeSet::new()),
            calls: Calls::Computing,
        };
        // No call opens a file or reaches a network: that is enough where the kernel has no Landlock.
        match shut.hold_for_thread().contains(&Part::Calls) {
            true => Err(()),
            false => Ok(()),
        }
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
