//! The exchange and an agent's end of it, with a real server between them.

#![allow(
    clippy::disallowed_methods,
    reason = "what tests make belongs to nobody"
)]

mod attacks;
mod enrolments;
mod tls;
mod uploads;
mod wire;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use lagrum_model::Region;
use lagrum_notes::{SigningKey, role};
use lagrum_transport::directory::{Contact, DirectoryDesk, Faults};
use lagrum_transport::testing::{Stops, Wire};
use lagrum_transport::{AgentEnd, DeskEnd};
use rand_core::{CryptoRng, RngCore};

use crate::{AgentParts, Exchange, HttpsAgent, NotLetIn, pages};

/// Now, for both ends.
fn at() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

/// Numbers that are all different, from one place on.
pub struct Counted(AtomicU64);

impl Counted {
    fn from(first: u64) -> Self {
        Self(AtomicU64::new(first << 32))
    }
}

impl RngCore for Counted {
    fn next_u32(&mut self) -> u32 {
        u32::try_from(self.next_u64() & 0xffff_ffff).unwrap()
    }
    fn next_u64(&mut self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(8) {
            let next = self.next_u64().to_be_bytes();
            piece.copy_from_slice(&next[..piece.len()]);
        }
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for Counted {}

/// A server that ends with the test.
struct Served {
    address: SocketAddr,
    end: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Serves at a free port; the settings say which.
    fn new(settings: &Path, regions: &str, prepare: impl FnOnce(Exchange) -> Exchange) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        Self::at(listener, settings, regions, 1, prepare)
    }

    fn at(
        listener: std::net::TcpListener,
        settings: &Path,
        regions: &str,
        run: u64,
        prepare: impl FnOnce(Exchange) -> Exchange,
    ) -> Self {
        let address = listener.local_addr().unwrap();
        Self::secured(
            listener,
            &format!("http://{address}"),
            settings,
            regions,
            None,
            run,
            prepare,
        )
    }

    /// The same, with TLS of its own.
    fn secured(
        listener: std::net::TcpListener,
        origin: &str,
        settings: &Path,
        regions: &str,
        tls: Option<Arc<lagrum_serving::Tls>>,
        run: u64,
        prepare: impl FnOnce(Exchange) -> Exchange,
    ) -> Self {
        let address = listener.local_addr().unwrap();
        let text = format!("origin = \"{origin}\"\n{regions}");
        lagrum_durable::replace(settings, text.as_bytes()).unwrap();
        let opened = Exchange::open(settings.to_owned(), at, &mut Counted::from(run)).unwrap();
        let router = pages(prepare(opened));
        let (end, ended) = tokio::sync::oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                listener.set_nonblocking(true).unwrap();
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::spawn(lagrum_serving::accept(listener, router, tls));
                let _ = ended.await;
            });
            // Whoever still waits is not waited for.
            runtime.shutdown_background();
        });
        Self {
            address,
            end: Some(end),
            thread: Some(thread),
        }
    }

    fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A region of the settings.
fn region_text(name: &str, key: &SigningKey<role::Agent>) -> String {
    let key = key.verifying_key();
    format!("[[region]]\nregion = \"{name}\"\ndirectory = \"{name}\"\nagent = \"{key}\"\n")
}

fn copy_of(key: &SigningKey<role::Agent>) -> SigningKey<role::Agent> {
    SigningKey::from_secret(&key.to_secret()).unwrap()
}

/// An agent's end at `address`.
fn agent_at(address: &str, region: &str, key: &SigningKey<role::Agent>, first: u64) -> HttpsAgent {
    HttpsAgent::new(AgentParts {
        address: address.to_owned(),
        certificates: Vec::new(),
        region: Region::parse(region).unwrap(),
        key: copy_of(key),
        clock: Box::new(at),
        random: Box::new(Counted::from(first)),
    })
    .unwrap()
}

/// A desk with a directory, and an agent over HTTP on this machine.
struct OverHttp {
    desk: DirectoryDesk,
    agent: HttpsAgent,
    served: Served,
    directory: PathBuf,
    /// Why no agent could be let in, as the exchange told it.
    told: Arc<Mutex<Vec<String>>>,
    root: tempfile::TempDir,
}

impl Wire for OverHttp {
    fn new(region: Region, key: &SigningKey<role::Agent>, stops: Arc<Stops>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let faults: Faults = stops;
        let told = Arc::<Mutex<Vec<String>>>::default();
        let name = region.to_string();
        let directory = root.path().join(&name);
        let served = Served::new(
            &root.path().join("exchange.toml"),
            &region_text(&name, key),
            |exchange| {
                let failed = Arc::clone(&told);
                let tell = move |why: &NotLetIn| failed.lock().unwrap().push(why.to_string());
                exchange.with_faults(faults.clone()).telling(tell)
            },
        );
        let contact = Contact {
            region,
            key: key.verifying_key(),
            directory: directory.clone(),
        };
        let agent = agent_at(&served.origin(), &name, key, 2);
        Self {
            desk: DirectoryDesk::new(vec![contact]).with_faults(faults.clone()),
            agent: agent.with_faults(faults, Vec::new()),
            served,
            directory,
            told,
            root,
        }
    }

    fn desk(&self) -> &dyn DeskEnd {
        &self.desk
    }

    fn agent(&self) -> &dyn AgentEnd {
        &self.agent
    }

    fn own(&self) -> &Path {
        self.root.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// A little patience, where a test cuts connections.
fn little_patience() -> Vec<Duration> {
    vec![Duration::from_millis(10); 4]
}
