//! Machines that reach each other over bad lines alone: network namespaces (namespaces(7)), and between two of them
//! a device whose packets take their time or are lost.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::{ended, run_by};

/// A machine of its own, as far as networks go. It ends with this value.
pub struct Machine {
    /// Whatever runs there as long as it is there; nothing, where this machine lets nobody make another.
    keeper: Option<Child>,
}

impl Machine {
    /// Makes one.
    pub fn new() -> Self {
        let mut keeper = Command::new("unshare");
        keeper.args(["--net", "--", "sh", "-c"]);
        keeper.arg("ip link set lo up && test -c /dev/net/tun && : <>/dev/net/tun && echo up && exec sleep 3600");
        let keeper = saying(&mut keeper);
        if keeper.is_none() {
            println!(
                "ONE MACHINE: networks of their own are refused here; everything runs on this one's"
            );
        }
        Self { keeper }
    }

    /// Whether it has a network of its own.
    pub fn is_apart(&self) -> bool {
        self.keeper.is_some()
    }

    /// The same command, run there.
    pub fn runs(&self, command: &Command) -> Command {
        let front = match &self.keeper {
            Some(keeper) => {
                let mut there = Command::new("nsenter");
                there.arg(format!("--net=/proc/{}/ns/net", keeper.id()));
                there
            }
            None => Command::new("env"),
        };
        run_by(front, command)
    }

    /// Gives it an address more, or a way to one.
    pub fn ip(&self, words: &str) {
        let mut ip = Command::new("ip");
        ended(&mut self.runs(ip.args(words.split(' ')))).ok();
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.keeper.iter_mut().for_each(end);
    }
}

/// Starts a program that says a line when it is ready; nothing, if it ends before.
fn saying(command: &mut Command) -> Option<Child> {
    let mut child = command.stdout(Stdio::piped()).spawn().ok()?;
    let mut said = String::new();
    let out = child.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut said).unwrap();
    if said.is_empty() {
        end(&mut child);
        return None;
    }
    Some(child)
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// A bad line between two machines: each packet takes 10 to 15 milliseconds, and one of a hundred is lost.
pub struct Line {
    ends: [(Child, PathBuf); 2],
}

impl Line {
    /// Lays one, the `number`th: its ends are 10.77.`number`.1 and .2. Its sockets lie in `scratch`.
    pub fn new(number: u8, machines: [&Machine; 2], scratch: &Path) -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/two_regions/wire.py");
        let socket = |end: usize| scratch.join(format!("line-{number}-{end}"));
        let ends = [0, 1].map(|end| {
            let mut wire = Command::new("python3");
            wire.arg(&program).arg(socket(end)).arg(socket(1 - end));
            for host in [end + 1, 2 - end] {
                wire.arg(format!("10.77.{number}.{host}"));
            }
            wire.args(["10", "10", &format!("{number}{end}")]);
            let there = saying(&mut machines[end].runs(&wire));
            (there.expect("an end of a line"), socket(end))
        });
        Self { ends }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        for (child, socket) in &mut self.ends {
            end(child);
            let _ = std::fs::remove_file(socket);
        }
    }
}
