//! With `oidc-provider`, a certified implementation: over HTTP, and in a real browser.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::{bind, set_up};
use crate::by_hand::Hand;
use crate::web::client::Browser;
use crate::web::{Served, free_port};

const SECRET: &str = "a secret of the tests: 1+1 = 2";

/// The provider, for as long as the test runs.
struct Certified {
    child: Child,
    port: u16,
    /// Open for as long as it runs: it may have more to say.
    _said: BufReader<ChildStdout>,
}

impl Certified {
    /// Starts it for this desk, which is told of it. `None`: it is not installed.
    fn start(served: &Served<'_>) -> Option<Self> {
        let Some(modules) = std::env::var_os("LAGRUM_OPENID") else {
            println!("SKIPPED: no OpenID provider; dev/test installs one and sets LAGRUM_OPENID");
            return None;
        };
        let port = free_port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openid/provider.mjs");
        let mut node = Command::new("node");
        node.arg(script)
            .args([port.to_string(), served.origin()])
            .env("LAGRUM_OPENID", modules)
            .env("LAGRUM_OPENID_SECRET", SECRET)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = node.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while line != "ready\n" {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "it does not start");
        }
        let settings = format!(
            "issuer = \"http://localhost:{port}\"\nclient = \"lagrum\"\nsecret_file = \"openid.secret\"\nname = \"Kvist login\"\nprivate = true\n"
        );
        set_up(served.hand, &settings, SECRET);
        Some(Self {
            child,
            port,
            _said: said,
        })
    }

    /// Signs in there under this name, and gives with what the browser is sent back: path and query.
    fn signed_in(&self, there: &str, name: &str) -> String {
        let own = format!("http://localhost:{}", self.port);
        let mut browser = Browser::new(self.port);
        let mut at = there
            .strip_prefix(&own)
            .unwrap_or_else(|| panic!("{there}"))
            .to_owned();
        for _ in 0..12 {
            let answer = if at.starts_with("/interaction/") {
                let page = browser.get(&at).ok().text();
                let asks = if page.contains("name=\"login\"") {
                    "login"
                } else {
                    "consent"
                };
                browser.post(&at, &[("prompt", asks), ("login", name), ("password", "x")])
            } else {
                browser.get(&at)
            };
            let to = answer.to().to_owned();
            if let Some((_, path)) = to.split_once("/sign-in/openid/back?") {
                return format!("/sign-in/openid/back?{path}");
            }
            at = to.strip_prefix(&own).unwrap_or(&to).to_owned();
            assert!(
                at.starts_with('/'),
                "{}: {at} {}",
                answer.status,
                answer.text()
            );
        }
        panic!("it leads nowhere: {at}");
    }
}

impl Drop for Certified {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_certified_provider_signs_somebody_in_and_its_code_counts_once() {
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let Some(provider) = Certified::start(&served) else {
        return;
    };
    bind(&hand, "olof", "olof-at-kvist");
    let mut olof = served.stranger();
    let there = olof.get("/sign-in/openid?next=%2Finbox").to().to_owned();
    let back = provider.signed_in(&there, "olof-at-kvist");
    assert!(back.contains("iss=http%3A%2F%2Flocalhost"), "{back}");
    let kept = olof.cookies.clone();
    let entered = olof.get(&back);
    assert_eq!(entered.status, 200, "{}", entered.text());
    assert_eq!(entered.header("refresh"), Some("0; url=/inbox"));
    olof.get("/you").ok().says("Olof Strand");
    // Again, it is none: here, and at the provider.
    let mut again = served.stranger();
    again.cookies = kept;
    assert_eq!(again.get(&back).status, 422);
    assert_eq!(again.get("/you").status, 303);
    // Somebody whom the desk does not know.
    let mut stranger = served.stranger();
    let there = stranger.get("/sign-in/openid").to().to_owned();
    let answer = stranger.get(&provider.signed_in(&there, "eve"));
    assert_eq!(answer.status, 422);
    answer.says("that account signs nobody in here");
    // With another secret nothing is handed out.
    let file = hand.path("provider/desk/openid.secret");
    std::fs::remove_file(&file).unwrap();
    let settings = std::fs::read_to_string(hand.path("provider/desk/openid.toml")).unwrap();
    set_up(&hand, &format!("{settings}\n"), "another");
    let mut olof = served.stranger();
    let there = olof.get("/sign-in/openid").to().to_owned();
    let answer = olof.get(&provider.signed_in(&there, "olof-at-kvist"));
    assert_eq!(answer.status, 422, "{}", answer.text());
    answer.says("cannot be used here");
    // Whoever asks whether all is in order is told that it answers.
    let told = hand.run(&["check"]).out;
    assert!(told.contains("The sign-in provider answers"), "{told}");
}

#[test]
fn signing_in_at_a_certified_provider_in_a_real_browser() {
    let Some(modules) = std::env::var_os("LAGRUM_BROWSER") else {
        println!("SKIPPED: no browser; dev/test installs one and sets LAGRUM_BROWSER");
        return;
    };
    let hand = Hand::ready();
    let served = Served::new(&hand);
    let Some(_provider) = Certified::start(&served) else {
        return;
    };
    served.hire("siv", "Siv Ask", "administrator");
    crate::web::browser::played(&served, "openid.mjs", &modules);
}
