//! The desk on the web, served by the program itself and asked over sockets.

pub mod api;
pub mod attacks;
pub mod browser;
mod challenge;
pub mod client;
mod describe;
mod door;
mod every_page;
mod inquired;
mod joined;
mod letters;
mod openid;
mod passkeys;
mod pictures;
mod settings;
mod several;
mod tls;
mod whole_way;
mod withheld;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::by_hand::Hand;
use client::Browser;

/// A desk that is served.
pub struct Served<'h> {
    pub hand: &'h Hand,
    pub port: u16,
    /// Where the door for authorities listens, if it is open.
    pub door: u16,
    child: Child,
    /// Open for as long as the desk is served: it may have more to say.
    _out: BufReader<ChildStdout>,
}

impl<'h> Served<'h> {
    /// Serves the desk of this provider.
    pub fn new(hand: &'h Hand) -> Self {
        Self::beside(hand, 0, &[])
    }

    /// The same, with more in the environment of the program.
    pub fn within(hand: &'h Hand, environment: &[(&str, &OsStr)]) -> Self {
        Self::beside(hand, 0, environment)
    }

    /// The same with the door for authorities open.
    pub fn with_door(hand: &'h Hand) -> Self {
        Self::with_door_within(hand, &[])
    }

    /// The same, with more in the environment of the program.
    pub fn with_door_within(hand: &'h Hand, environment: &[(&str, &OsStr)]) -> Self {
        let door = free_port();
        let config = format!(
            "\n[door]\norigin = \"http://localhost:{door}\"\nlisten = \"127.0.0.1:{door}\"\ncontact = [\"+46 8 555 99 00\"]\n"
        );
        hand.append("provider/desk/desk.toml", &config);
        Self::beside(hand, door, environment)
    }

    fn beside(hand: &'h Hand, door: u16, environment: &[(&str, &OsStr)]) -> Self {
        // Passkeys are bound to the origin, and with it to the port.
        let port = free_port();
        let mut command: Command = hand.command("olof");
        command
            .args(["desk", "serve", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--origin", &format!("http://localhost:{port}")])
            .envs(environment.iter().copied())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        assert!(
            first.contains(&format!("http://localhost:{port}")),
            "{first}"
        );
        Self {
            hand,
            port,
            door,
            child,
            _out: out,
        }
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The path of a link with which this person signs in once.
    pub fn invitation(&self, person: &str) -> String {
        let origin = self.origin();
        let told = self
            .hand
            .json(&["desk", "invite", person, "--origin", &origin]);
        let link = told["link"].as_str().unwrap();
        link.strip_prefix(&origin).unwrap().to_owned()
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser::new(self.port)
    }

    /// A browser in which this person is signed in.
    pub fn browser(&self, person: &str) -> Browser {
        let mut browser = self.stranger();
        let link = self.invitation(person);
        let answer = browser.post(&link, &[]);
        assert_eq!((answer.status, answer.to()), (303, "/you?welcome=yes"));
        browser
    }

    /// Adds a person to the desk.
    pub fn hire(&self, id: &str, name: &str, role: &str) {
        let entry = format!("\n[[person]]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\"\n");
        self.hand.append("provider/desk/people.toml", &entry);
    }

    /// Takes a person out of the desk's list.
    pub fn dismiss(&self, id: &str) {
        let file = self.hand.path("provider/desk/people.toml");
        let text = fs::read_to_string(&file).unwrap();
        let entries: Vec<_> = text.split("[[person]]").collect();
        let kept = entries
            .iter()
            .filter(|entry| !entry.contains(&format!("id = \"{id}\"")));
        let kept: Vec<_> = kept.copied().collect();
        fs::write(file, kept.join("[[person]]")).unwrap();
    }
}

fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    free.unwrap().port()
}

impl Drop for Served<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
