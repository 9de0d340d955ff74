//! How fast the desk's pages are at many cases, beside a bare page of axum in the same run. `dev/bench
//! web` runs it; nothing in it is part of pass or fail.
//!
//! Arguments: the program `lagrum`, a directory in memory; then how many cases (100,000) and how many
//! people (100).
#![expect(
    clippy::disallowed_types,
    reason = "a benchmark is a program of its own"
)]

mod load;
#[path = "../../../desk/examples/bench-desk/provider.rs"]
mod provider;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use lagrum_store_postgres::testing::Server;

use load::{Times, Visitor, at_once};
use provider::Provider;

/// How long somebody reads before the next page: brisk work.
const READING: Duration = Duration::from_secs(2);

/// The desk's own program, serving, until this value drops.
struct Desk(Child);

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("a port").port()
}

fn until_it_listens(port: u16) {
    let began = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "nothing listens on port {port}"
        );
        thread::sleep(Duration::from_millis(50));
    }
}

impl Desk {
    fn serve(lagrum: &Path, dir: &Path, port: u16) -> Self {
        let child = Command::new(lagrum)
            .arg("--dir")
            .arg(dir)
            .args(["desk", "serve", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--origin", &format!("http://localhost:{port}")])
            .stdout(Stdio::null())
            .spawn()
            .expect("the program");
        until_it_listens(port);
        Self(child)
    }
}

/// A link with which somebody signs in once: its path.
fn invite(lagrum: &Path, dir: &Path, port: u16, person: &str) -> String {
    let origin = format!("http://localhost:{port}");
    let done = Command::new(lagrum)
        .arg("--dir")
        .arg(dir)
        .args(["desk", "invite", person, "--origin", &origin])
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let link = said.lines().next().unwrap_or_default();
    let path = link.strip_prefix(&origin);
    path.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&done.stderr)))
        .to_owned()
}

/// The least that a server of this kind can do: one fixed page of this length.
fn bare(page: String) -> u16 {
    let port = free_port();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let router = Router::new().route("/", get(move || async { Html(page) }));
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await;
            let listener = listener.expect("a port");
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                let service = hyper_util::service::TowerToHyperService::new(router.clone());
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new()
                        .serve_connection(hyper_util::rt::TokioIo::new(stream), service),
                );
            }
        });
    });
    until_it_listens(port);
    port
}

fn say(what: &str, times: &Times, plain: &Times) {
    println!(
        "  {what}: half of them within {:.1} ms, 99 of 100 within {:.1} ms, all within {:.1} ms; the bare page {:.2}, {:.2}, {:.2} ms",
        times.at(0.5),
        times.at(0.99),
        times.at(1.0),
        plain.at(0.5),
        plain.at(0.99),
        plain.at(1.0)
    );
}

fn pages_at(lagrum: &Path, dir: &Path, database: &str, cases: usize, people: usize) {
    let provider = Provider::new(&dir.join("desk"), database, people);
    let began = Instant::now();
    let mut whole = None;
    for number in 0..cases {
        // One of fifty went the whole way to a mandate.
        let id = if number % 50 == 0 {
            let id = provider.mandated(number);
            whole = Some(id.clone());
            id
        } else {
            provider.intake(number)
        };
        if number % 10 == 0 {
            let owner = format!("analyst-{}", number / 10 % people);
            provider.work(|session| session.assign(&id, Some(&owner)).unwrap());
        }
        if number % 500 == 0 {
            provider.desk.settle().unwrap();
        }
    }
    provider.desk.settle().unwrap();
    println!("  made in {:.0} s", began.elapsed().as_secs_f64());

    let port = free_port();
    let _desk = Desk::serve(lagrum, dir, port);
    let mut visitors: Vec<_> = (0..people)
        .map(|number| {
            let path = invite(lagrum, dir, port, &format!("analyst-{number}"));
            Visitor::sign_in(port, &path)
        })
        .collect();
    let whole = whole.expect("at least one case");
    let mut pages: Vec<String> = [
        "mine",
        "unassigned",
        "today",
        "undescribed",
        "authority",
        "open",
    ]
    .iter()
    .map(|view| format!("/cases?view={view}"))
    .collect();
    pages.extend([
        "/cases?view=open&page=7".to_owned(),
        "/inbox".to_owned(),
        format!("/cases/{whole}"),
        format!("/cases/{whole}/assessment"),
        format!("/cases/{whole}/letters"),
        "/authorities".to_owned(),
        "/law".to_owned(),
    ]);
    let (_, page) = visitors[0].page(&pages[5]);
    let length = page.len();
    let plain = bare(page);
    let mut strangers: Vec<_> = (0..people).map(|_| Visitor::new(plain)).collect();
    let one_page = ["/".to_owned()];

    let rounds = 31;
    println!("  one person, the middle one of {rounds} times:");
    let mut all = Vec::new();
    for path in &pages {
        let times: Vec<_> = (0..rounds).map(|_| visitors[0].page(path).0).collect();
        all.extend(&times);
        println!("    {:6.1} ms  {path}", Times::of(times).at(0.5));
    }
    let alone: Vec<_> = (0..rounds).map(|_| strangers[0].page("/").0).collect();
    let (all, alone) = (Times::of(all), Times::of(alone));
    println!(
        "  the middle page: {:.1} ms (the promise: below 50); a bare page of {length} bytes {:.2} ms; ratio {:.0}",
        all.at(0.5),
        alone.at(0.5),
        all.at(0.5) / alone.at(0.5)
    );
    let turns = pages.len();
    let times = at_once(&mut visitors, &pages, turns, READING);
    let plain = at_once(&mut strangers, &one_page, turns, READING);
    say(
        &format!(
            "{people} people at once, {} s between two pages (the promise: 99 of 100 within 250 ms)",
            READING.as_secs()
        ),
        &times,
        &plain,
    );
    let began = Instant::now();
    let times = at_once(&mut visitors, &pages, turns, Duration::ZERO);
    let rate = (people * turns) as f64 / began.elapsed().as_secs_f64();
    let plain = at_once(&mut strangers, &one_page, turns, Duration::ZERO);
    say(
        &format!("{people} people who never read, {rate:.0} pages a second"),
        &times,
        &plain,
    );
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut path = || {
        let given = arguments.next();
        std::path::PathBuf::from(given.expect("the program, a directory in memory"))
    };
    let (lagrum, memory) = (path(), path());
    let mut number = |default: usize| {
        let given = arguments.next().and_then(|text| text.parse().ok());
        given.unwrap_or(default).max(1)
    };
    let (cases, people) = (number(100_000), number(100));
    println!("SQLite, {cases} cases");
    pages_at(
        &lagrum,
        &memory.join("sqlite"),
        "desk.sqlite",
        cases,
        people,
    );
    match Server::shared().and_then(Server::database) {
        Ok(database) => {
            println!("PostgreSQL, {cases} cases");
            pages_at(
                &lagrum,
                &memory.join("postgres"),
                &database.address(),
                cases,
                people,
            );
        }
        Err(why) => println!("PostgreSQL was not measured: {why}"),
    }
}
