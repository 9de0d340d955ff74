//! Messages to programs, signed as Standard Webhooks say (<https://www.standardwebhooks.com>): HMAC-SHA256 over
//! name, time and body, under a secret of each receiver. It is what libraries in every language verify already,
//! and it binds name and time, so that nobody sends an old message again as a new one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::{Either, select};
use hmac::{Hmac, Mac as _};
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use jiff::Timestamp;
use lagrum_model::{CaseId, NewsKind};
use sha2::Sha256;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::secure::connector;
use crate::{HookSettings, NotSent};

/// A message is sent and answered within that time.
const WHOLE: Duration = Duration::from_secs(30);
/// A connection is there within that time.
const CONNECT: Duration = Duration::from_secs(10);
/// The head of an answer, in bytes. Of what follows it nothing is read.
const LARGEST_HEAD: usize = 16 << 10;

/// One message to one receiver.
#[derive(Clone, Copy, Debug)]
pub struct Hook<'h> {
    /// Its name, the same at every try.
    pub id: &'h str,
    /// What is told.
    pub body: &'h str,
    /// When it is sent (UTC).
    pub at: Timestamp,
}

/// That a receiver took a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its answer.
    pub status: u16,
}

/// What is told of news: its kind, the number of the case, and when it was (UTC).
#[must_use]
pub fn hook_body(kind: NewsKind, case: &CaseId, at: Timestamp) -> String {
    format!(r#"{{"type":"{kind}","timestamp":"{at}","data":{{"case":"{case}"}}}}"#)
}

/// The signature of a message: `v1,` and HMAC-SHA256 over name, second and body.
#[must_use]
pub fn signature(secret: &[u8], hook: &Hook<'_>) -> String {
    let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(secret).expect("HMAC takes any key");
    mac.update(format!("{}.{}.", hook.id, hook.at.as_second()).as_bytes());
    mac.update(hook.body.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// Sends a message. Blocks until the receiver took it, or did not. Redirects are not followed.
///
/// # Errors
/// [`NotSent`].
pub fn post(settings: &HookSettings, hook: &Hook<'_>) -> Result<Told, NotSent> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| NotSent::Unreachable)?;
    let status = runtime.block_on(async {
        let done = timeout(WHOLE, deliver(settings, hook)).await;
        done.map_err(|_| NotSent::TooSlow)?
    })?;
    match status {
        200..=299 => Ok(Told { status }),
        // Somebody else may be meant by now: nobody is told behind a redirect.
        300..=399 => Err(NotSent::No(status)),
        // Of what a receiver says no to, time, number and itself may change its mind.
        408 | 425 | 429 | 500..=599 => Err(NotSent::NotNow(status)),
        400..=499 => Err(NotSent::No(status)),
        _ => Err(NotSent::BrokeOff),
    }
}

async fn deliver(settings: &HookSettings, hook: &Hook<'_>) -> Result<u16, NotSent> {
    let address = address(settings).await?;
    let connected = timeout(CONNECT, TcpStream::connect(address)).await;
    let plain = connected
        .map_err(|_| NotSent::TooSlow)?
        .map_err(|_| NotSent::Unreachable)?;
    if !settings.secure {
        return ask(plain, settings, hook).await;
    }
    let name = ServerName::try_from(settings.host.clone());
    let name = name.map_err(|_| NotSent::Certificate)?;
    let connector = connector(&settings.certificates)?;
    let secured = timeout(CONNECT, connector.connect(name, plain)).await;
    let secured = secured
        .map_err(|_| NotSent::TooSlow)?
        .map_err(|_| NotSent::Certificate)?;
    ask(secured, settings, hook).await
}

/// The address that is connected to is the one that was looked at: a name cannot mean another one meanwhile.
async fn address(settings: &HookSettings) -> Result<SocketAddr, NotSent> {
    let found = lookup_host((settings.host.as_str(), settings.port)).await;
    let mut all = found.map_err(|_| NotSent::Unreachable)?.peekable();
    all.peek().ok_or(NotSent::Unreachable)?;
    all.find(|address| settings.private || is_public(address.ip()))
        .ok_or(NotSent::Private)
}

async fn ask<S>(stream: S, settings: &HookSettings, hook: &Hook<'_>) -> Result<u16, NotSent>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = hyper::client::conn::http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD);
    let (mut sender, connection) = builder
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| NotSent::BrokeOff)?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(settings.path.as_str())
        .header(HOST, settings.authority.as_str())
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "lagrum")
        .header("webhook-id", hook.id)
        .header("webhook-timestamp", hook.at.as_second().to_string())
        .header("webhook-signature", signature(&settings.secret, hook))
        .body(hook.body.to_owned())
        .map_err(|_| NotSent::Malformed)?;
    let answer = std::pin::pin!(sender.send_request(request));
    let answered = match select(answer, std::pin::pin!(connection)).await {
        Either::Left((answered, _)) => answered,
        // The connection is over: what was answered before is there.
        Either::Right((_, answer)) => answer.await,
    };
    let answered = answered.map_err(|_| NotSent::BrokeOff)?;
    Ok(answered.status().as_u16())
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
    fn a_signature_is_that_of_the_published_example() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let hook = Hook {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: r#"{"test": 2432232314}"#,
            at: Timestamp::from_second(1_614_265_330).unwrap(),
        };
        assert_eq!(
            signature(&secret, &hook),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_body_holds_kind_case_and_instant_and_nothing_else() {
        let at = "2026-11-27T02:47:00Z".parse().unwrap();
        let body = hook_body(NewsKind::Emergency, &CaseId::new(2026, 32), at);
        assert_eq!(
            body,
            r#"{"type":"emergency","timestamp":"2026-11-27T02:47:00Z","data":{"case":"2026-0032"}}"#
        );
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
