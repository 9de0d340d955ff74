//! What stands between an agent and its exchange, and can break while something is sent.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A line that passes everything on until it is told to break.
pub struct Line {
    pub port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// It breaks when the agent has sent more than that.
    breaks_after: Mutex<Option<usize>>,
    sent: AtomicUsize,
    broken: AtomicBool,
}

impl Line {
    /// A line to the server at this port of this machine.
    pub fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State::default());
        let ours = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let state = Arc::clone(&ours);
                std::thread::spawn(move || state.pass(&client.unwrap(), server));
            }
        });
        Self { port, state }
    }

    /// It breaks once the agent has sent so many bytes more, and stays broken.
    pub fn break_after(&self, bytes: usize) {
        self.state.sent.store(0, Ordering::SeqCst);
        *self.state.breaks_after.lock().unwrap() = Some(bytes);
    }

    pub fn is_broken(&self) -> bool {
        self.state.broken.load(Ordering::SeqCst)
    }

    /// It passes everything on again.
    pub fn mend(&self) {
        *self.state.breaks_after.lock().unwrap() = None;
        self.state.broken.store(false, Ordering::SeqCst);
    }
}

impl State {
    fn pass(&self, client: &TcpStream, server: u16) {
        let broken = self.broken.load(Ordering::SeqCst);
        let server = TcpStream::connect(("127.0.0.1", server));
        let (false, Ok(server)) = (broken, server) else {
            let _ = client.shutdown(Shutdown::Both);
            return;
        };
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _ = std::io::copy(&mut &server, &mut &*client);
                let _ = client.shutdown(Shutdown::Both);
            });
            let mut piece = vec![0; 64 << 10];
            while let Ok(length @ 1..) = (&mut &*client).read(&mut piece) {
                if self.breaks_with(length) || (&server).write_all(&piece[..length]).is_err() {
                    break;
                }
            }
            let _ = server.shutdown(Shutdown::Both);
            let _ = client.shutdown(Shutdown::Both);
        });
    }

    /// Whether it is broken now that so many bytes more were sent.
    fn breaks_with(&self, length: usize) -> bool {
        let sent = self.sent.fetch_add(length, Ordering::SeqCst) + length;
        let most = *self.breaks_after.lock().unwrap();
        if most.is_some_and(|most| sent > most) {
            self.broken.store(true, Ordering::SeqCst);
        }
        self.broken.load(Ordering::SeqCst)
    }
}
