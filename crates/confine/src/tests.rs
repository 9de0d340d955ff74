//! What is given up, and by whom.

use std::sync::mpsc::channel;

use super::*;

/// How each thread of this process is filtered; 2: by a filter (proc(5)).
fn filtered() -> Vec<String> {
    let threads = std::fs::read_dir("/proc/self/task").expect("threads");
    let of = |thread: std::io::Result<std::fs::DirEntry>| {
        let status = std::fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("Seccomp:"))?;
        Some(line.split_whitespace().nth(1)?.to_owned())
    };
    threads.filter_map(of).collect()
}

#[test]
fn of_a_process_that_has_other_threads_nothing_is_said_that_does_not_hold_for_all_of_them() {
    let (end, ends) = channel::<()>();
    let other = std::thread::spawn(move || ends.recv().is_err());
    let limits = Limits {
        files: Files::Open,
        tcp: Tcp::To(BTreeSet::new()),
        calls: Calls::Ordinary { network: true },
    };
    let missing = limits.hold_for_process();
    let all: BTreeSet<_> = Part::ALL.into_iter().collect();
    let but_calls: BTreeSet<_> = all
        .iter()
        .copied()
        .filter(|part| *part != Part::Calls)
        .collect();
    assert_eq!(missing, but_calls);
    // Files are not given up, as it was said; calls are, for all threads.
    assert!(std::fs::read_dir("/").is_ok());
    let each = filtered();
    assert!(
        each.len() > 1 && each.iter().all(|one| one == "2"),
        "{each:?}"
    );
    drop(end);
    assert!(other.join().expect("it ended"));
}

#[test]
fn what_a_thread_gives_up_its_later_threads_do_not_have_and_others_do() {
    let limits = Limits {
        files: Files::Open,
        tcp: Tcp::All,
        calls: Calls::Ordinary { network: false },
    };
    let inside = std::thread::spawn(move || {
        let missing = limits.hold_for_thread();
        let later = std::thread::spawn(|| {
            let socket = std::net::UdpSocket::bind("127.0.0.1:0").map(drop);
            (std::fs::read_dir("/").is_ok(), socket.is_ok())
        });
        (missing, later.join().expect("it ended"))
    });
    let (missing, (listed, connected)) = inside.join().expect("it ended");
    println!("not given up here: {missing:?}");
    assert_eq!(listed, missing.contains(&Part::Files));
    assert_eq!(connected, missing.contains(&Part::Calls));
    assert!(std::fs::read_dir("/").is_ok());
    assert!(std::net::UdpSocket::bind("127.0.0.1:0").is_ok());
}
