//! A package on its way, while the connection is cut.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::AtomicBool;

use lagrum_model::Sha256Digest;
use lagrum_transport::TransportError;
use lagrum_transport::testing::{agent_key, receipt_note, region, stem};

use super::*;
use crate::way::PIECE;

/// Passes bytes on, and cuts the connection after so many of them have gone to the server.
struct Cutter {
    address: SocketAddr,
    /// How many bytes each of the next connections may send; without a limit when there are no more.
    limits: Arc<Mutex<Vec<usize>>>,
    /// How many bytes went to the server altogether.
    sent: Arc<AtomicU64>,
}

impl Cutter {
    fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (limits, sent) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(AtomicU64::new(0)),
        );
        let (ours, counted) = (Arc::clone(&limits), Arc::clone(&sent));
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                let limit = ours.lock().unwrap().pop().unwrap_or(usize::MAX);
                let Ok(server) = TcpStream::connect(server) else {
                    continue;
                };
                let (back_from, back_to) =
                    (server.try_clone().unwrap(), client.try_clone().unwrap());
                std::thread::spawn(move || {
                    let _ = io::copy(&mut &back_from, &mut &back_to);
                    let _ = back_to.shutdown(Shutdown::Both);
                });
                let counted = Arc::clone(&counted);
                std::thread::spawn(move || pass(client, server, limit, &counted));
            }
        });
        Self {
            address,
            limits,
            sent,
        }
    }
}

fn pass(mut client: TcpStream, mut server: TcpStream, limit: usize, sent: &AtomicU64) {
    let (mut passed, mut piece) = (0, [0; 4096]);
    while let Ok(got @ 1..) = client.read(&mut piece) {
        let got = got.min(limit - passed);
        if server.write_all(&piece[..got]).is_err() {
            break;
        }
        passed += got;
        sent.fetch_add(got as u64, Ordering::SeqCst);
        if passed == limit {
            break;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
    let _ = client.shutdown(Shutdown::Both);
}

/// Bytes that repeat nowhere near a piece.
fn package(length: usize) -> Vec<u8> {
    let block = |number: u64| Sha256Digest::of(&number.to_be_bytes()).0;
    (0..).flat_map(block).take(length).collect()
}

/// An agent that reaches the exchange through something that cuts.
fn through(wire: &OverHttp) -> (HttpsAgent, Cutter) {
    let cutter = Cutter::before(wire.served.address);
    let agent = agent_at(
        &format!("http://{}", cutter.address),
        "stockholm",
        &agent_key(),
        7,
    );
    // The address that the server has in its settings is the one that is signed.
    let settings = wire.root.path().join("exchange.toml");
    let regions = region_text("stockholm", &agent_key());
    let text = format!("origin = \"http://{}\"\n{regions}", cutter.address);
    lagrum_durable::replace(&settings, text.as_bytes()).unwrap();
    (
        agent.with_faults(Arc::<Stops>::default(), little_patience()),
        cutter,
    )
}

fn wire_with(length: usize) -> (OverHttp, Vec<u8>, PathBuf) {
    let wire = OverHttp::new(region(), &agent_key(), Arc::default());
    let whole = package(length);
    let sealed = wire.own().join("sealed");
    fs::write(&sealed, &whole).unwrap();
    (wire, whole, sealed)
}

#[test]
fn a_connection_that_is_cut_again_and_again_loses_nothing_that_arrived() {
    let (wire, whole, sealed) = wire_with(3 * PIECE + 12_345);
    let (agent, cutter) = through(&wire);
    // The first one learns the run and how much is there; then pieces are cut in the middle, and once before anything.
    *cutter.limits.lock().unwrap() = vec![
        PIECE / 2,
        usize::MAX,
        0,
        PIECE - 1,
        usize::MAX,
        usize::MAX,
        100_000,
        usize::MAX,
        usize::MAX,
    ];
    agent.send_package(&stem("a"), &sealed).unwrap();
    assert_eq!(fs::read(wire.file("out/a.tar.age")).unwrap(), whole);
    assert_eq!(fs::read_dir(wire.file("coming")).unwrap().count(), 0);
    assert!(
        cutter.limits.lock().unwrap().is_empty(),
        "every cut was made"
    );
    // What was cut was sent again, and nothing else.
    let sent = cutter.sent.load(Ordering::SeqCst);
    let cut = (PIECE / 2 + PIECE - 1 + 100_000) as u64;
    assert!(sent < whole.len() as u64 + cut + 40_000, "{sent}");
    agent.send_receipt(&stem("a"), &receipt_note()).unwrap();
}

#[test]
fn an_agent_that_stops_in_the_middle_goes_on_where_it_was_another_day() {
    let (wire, whole, sealed) = wire_with(2 * PIECE + 1);
    let (agent, cutter) = through(&wire);
    // One piece, and then nobody answers any more.
    *cutter.limits.lock().unwrap() = [vec![0; 40], vec![usize::MAX; 3]].concat();
    let lost = agent.send_package(&stem("a"), &sealed).unwrap_err();
    assert!(matches!(lost, TransportError::Elsewhere(_)), "{lost}");
    assert!(!wire.file("out/a.tar.age").exists());
    assert!(!agent.is_answered(&stem("a")).unwrap_or(false));
    cutter.limits.lock().unwrap().clear();
    let before = cutter.sent.load(Ordering::SeqCst);
    agent.send_package(&stem("a"), &sealed).unwrap();
    let sent = cutter.sent.load(Ordering::SeqCst) - before;
    assert!(
        sent < PIECE as u64 + 40_000,
        "only the rest was sent: {sent}"
    );
    assert_eq!(fs::read(wire.file("out/a.tar.age")).unwrap(), whole);
    // Once it is there nothing of it is sent again, also when the agent has it no more.
    let before = cutter.sent.load(Ordering::SeqCst);
    agent.send_package(&stem("a"), &sealed).unwrap();
    fs::remove_file(&sealed).unwrap();
    agent.send_package(&stem("a"), &sealed).unwrap();
    assert!(cutter.sent.load(Ordering::SeqCst) - before < 10_000);
}

#[test]
fn what_grew_from_other_bytes_never_becomes_a_package() {
    let (wire, whole, sealed) = wire_with(PIECE + 7);
    let (agent, cutter) = through(&wire);
    *cutter.limits.lock().unwrap() = [vec![0; 40], vec![usize::MAX; 3]].concat();
    agent.send_package(&stem("a"), &sealed).unwrap_err();
    let growing = fs::read_dir(wire.file("coming"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert_eq!(fs::metadata(&growing).unwrap().len(), PIECE as u64);
    // The disk of the exchange lost what it had, or somebody there wrote into it.
    let mut bytes = fs::read(&growing).unwrap();
    bytes[5] ^= 1;
    fs::write(&growing, bytes).unwrap();
    cutter.limits.lock().unwrap().clear();
    let other = agent
        .send_package(&stem("a"), &sealed)
        .unwrap_err()
        .to_string();
    assert!(other.contains("not what was sent"), "{other}");
    assert!(!wire.file("out/a.tar.age").exists() && !growing.exists());
    // It begins from the start.
    agent.send_package(&stem("a"), &sealed).unwrap();
    assert_eq!(fs::read(wire.file("out/a.tar.age")).unwrap(), whole);
}

#[test]
fn packages_that_are_never_finished_take_no_more_than_their_room() {
    let (wire, _, sealed) = wire_with(PIECE + 7);
    let (agent, cutter) = through(&wire);
    for number in 0..12 {
        // At first it learns the run of the server, too.
        let first = if number == 0 { 3 } else { 2 };
        *cutter.limits.lock().unwrap() = [vec![0; 40], vec![usize::MAX; first]].concat();
        agent
            .send_package(&stem(&format!("p{number}")), &sealed)
            .unwrap_err();
    }
    assert_eq!(fs::read_dir(wire.file("coming")).unwrap().count(), 8);
    assert!(fs::read_dir(wire.file("coming")).unwrap().any(|entry| {
        entry
            .unwrap()
            .file_name()
            .into_string()
            .unwrap()
            .starts_with("p11.")
    }));
}

#[test]
fn a_package_that_is_longer_than_the_exchange_takes_is_refused_with_the_setting() {
    let (wire, _, sealed) = wire_with(10);
    let settings = wire.root.path().join("exchange.toml");
    let regions = region_text("stockholm", &agent_key());
    let text = format!(
        "origin = \"{}\"\n{regions}largest_package_gib = 0\n",
        wire.served.origin()
    );
    lagrum_durable::replace(&settings, text.as_bytes()).unwrap();
    let why = wire
        .agent
        .send_package(&stem("a"), &sealed)
        .unwrap_err()
        .to_string();
    assert!(why.contains("largest_package_gib"), "{why}");
    assert!(!wire.file("out/a.tar.age").exists());
}

#[test]
fn an_agent_that_is_asked_to_stop_does_not_ask_again_who_did_not_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let stops = Arc::<AtomicBool>::default();
    let patient = || vec![Duration::from_secs(100)];
    let agent = || agent_at(&nobody, "stockholm", &agent_key(), 2).ending_with(Arc::clone(&stops));
    let sealed = tempfile::NamedTempFile::new().unwrap();
    let began = std::time::Instant::now();
    std::thread::scope(|threads| {
        // While it waits.
        let waits = agent().with_faults(Arc::<Stops>::default(), patient());
        let waits = threads.spawn(move || waits.waiting().is_err());
        std::thread::sleep(Duration::from_millis(300));
        assert!(!waits.is_finished());
        stops.store(true, Ordering::Relaxed);
        assert!(waits.join().unwrap());
    });
    // And what it asks afterwards, it asks once.
    let asks = agent().with_faults(Arc::<Stops>::default(), patient());
    assert!(
        asks.send_receipt(&stem("2026-0004-00000001"), "receipt")
            .is_err()
    );
    assert!(
        asks.send_package(&stem("2026-0004-00000001"), sealed.path())
            .is_err()
    );
    assert!(asks.fetch(&stem("2026-0004-00000001")).is_err());
    assert!(began.elapsed() < Duration::from_secs(60));
}
