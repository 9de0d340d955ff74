//! A wire between client and server that writes down what is asked, and may be cut.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What happens to the server's bytes on the way.
#[derive(Clone, Copy)]
pub enum Cut {
    /// Nothing.
    Never,
    /// The connection ends after so many bytes.
    After(usize),
}

/// A wire to a server on this machine.
pub struct Wire {
    pub port: u16,
    asked: Arc<Mutex<Vec<u8>>>,
    given: Arc<Mutex<usize>>,
}

impl Wire {
    pub fn to(server: u16, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, given) = (Arc::default(), Arc::default());
        let wire = Self {
            port,
            asked: Arc::clone(&asked),
            given: Arc::clone(&given),
        };
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(("127.0.0.1", server)) else {
                    return;
                };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let asked = Arc::clone(&asked);
                std::thread::spawn(move || {
                    pass(from, to, &|bytes| {
                        asked.lock().unwrap().extend_from_slice(bytes);
                        bytes.len()
                    })
                });
                let given = Arc::clone(&given);
                std::thread::spawn(move || {
                    pass(server, client, &|bytes| {
                        let mut given = given.lock().unwrap();
                        let left = match cut {
                            Cut::Never => bytes.len(),
                            Cut::After(most) => bytes.len().min(most.saturating_sub(*given)),
                        };
                        *given += left;
                        left
                    })
                });
            }
        });
        wire
    }

    /// The commands that were given, without their tags.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let text = String::from_utf8_lossy(&asked).into_owned();
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        lines.map(|(_, command)| command.to_owned()).collect()
    }

    /// How many bytes the server gave.
    pub fn given(&self) -> usize {
        *self.given.lock().unwrap()
    }
}

/// Passes on as many bytes of each piece as `most` says, until it says fewer.
fn pass(mut from: TcpStream, mut to: TcpStream, most: &dyn Fn(&[u8]) -> usize) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        let left = most(&buffer[..count]);
        if to.write_all(&buffer[..left]).is_err() || left < count {
            break;
        }
    }
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}
