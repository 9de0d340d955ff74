//! Which address of a server is connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::{CONNECT, NoAnswer, Server};

/// How many addresses of a server are tried at most.
const TRIED: usize = 4;

/// A connection to the first address of the server that takes one. The addresses that are connected to are the ones that were
/// looked at: a name cannot mean another one meanwhile.
pub(crate) async fn connected(server: &Server) -> Result<TcpStream, NoAnswer> {
    let found = lookup_host((server.host.as_str(), server.port)).await;
    let found: Vec<_> = found.map_err(|_| NoAnswer::Unreachable)?.collect();
    let allowed = |address: &SocketAddr| server.private || is_public(address.ip());
    let all: Vec<_> = found.iter().copied().filter(allowed).take(TRIED).collect();
    if all.is_empty() && !found.is_empty() {
        return Err(NoAnswer::Private);
    }
    first_of(&all).await
}

/// One that says nothing takes no time from the others.
async fn first_of(all: &[SocketAddr]) -> Result<TcpStream, NoAnswer> {
    let within = CONNECT / u32::try_from(all.len().max(1)).unwrap_or(1);
    let mut failed = NoAnswer::Unreachable;
    for address in all {
        failed = match timeout(within, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(_)) => NoAnswer::Unreachable,
            Err(_) => NoAnswer::TooSlow,
        };
    }
    Err(failed)
}

/// Whether an address is one of the open Internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => is_public_four(four),
            None => is_public_six(six),
        },
    }
}

fn is_public_four(four: Ipv4Addr) -> bool {
    let [a, b, c, _] = four.octets();
    let odd = four.is_unspecified()
        || four.is_loopback()
        || four.is_private()
        || four.is_link_local()
        || four.is_multicast()
        || four.is_broadcast()
        || four.is_documentation();
    // This network, shared by carriers (RFC 6598), protocol assignments, benchmarks, and what is reserved.
    let kept = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !odd && !kept
}

fn is_public_six(six: Ipv6Addr) -> bool {
    // Of what is not handed out as global unicast (2000::/3) nothing is of the open Internet; and of that, not
    // what is for documentation, or leads on to an address of the older kind (Teredo, 6to4).
    let [first, second, ..] = six.segments();
    let led_on = (first == 0x2001 && second == 0) || first == 0x2002;
    (first & 0xe000) == 0x2000 && !(first == 0x2001 && second == 0x0db8) && !led_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_at_one_of_its_addresses_is_reached() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let address = |last| SocketAddr::from(([127, 0, 0, last], port));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let reached = |all: &[SocketAddr]| {
            let stream = runtime.block_on(first_of(all));
            stream.map(|stream| stream.peer_addr().unwrap())
        };
        assert_eq!(reached(&[address(2), address(1)]), Ok(address(1)));
        assert_eq!(reached(&[address(2)]), Err(NoAnswer::Unreachable));
        assert_eq!(reached(&[]), Err(NoAnswer::Unreachable));
        let mut server = Server::at(&format!("http://localhost:{port}/")).unwrap();
        let refused = runtime.block_on(connected(&server)).map(|_| ());
        assert_eq!(refused, Err(NoAnswer::Private));
        server.private = true;
        assert!(runtime.block_on(connected(&server)).is_ok());
    }

    #[test]
    fn addresses_of_private_networks_are_known() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for text in [
            "9.9.9.9",
            "192.0.3.1",
            "100.128.0.1",
            "2620:fe::fe",
            "::ffff:9.9.9.9",
        ] {
            assert!(public(text), "{text}");
        }
        for text in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
        ] {
            assert!(!public(text), "{text}");
        }
    }
}
