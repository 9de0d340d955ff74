//! Messages to programs, signed as Standard Webhooks say (<https://www.standardwebhooks.com>): HMAC-SHA256 over
//! name, time and body, under a secret of each receiver. It is what libraries in every language verify already,
//! and it binds name and time, so that nobody sends an old message again as a new one.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use lagrum_https::{Ask, ask};
use lagrum_model::{CaseId, NewsKind};
use sha2::Sha256;

use crate::{HookSettings, NotSent};

/// A message is sent and answered within that time.
const WHOLE: Duration = Duration::from_secs(30);

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
    let (second, signed) = (
        hook.at.as_second().to_string(),
        signature(&settings.secret, hook),
    );
    let what = Ask {
        body: Some(hook.body.as_bytes()),
        headers: &[
            ("content-type", "application/json"),
            ("webhook-id", hook.id),
            ("webhook-timestamp", &second),
            ("webhook-signature", &signed),
        ],
        within: WHOLE,
        // Of what follows the head of an answer nothing is read.
        largest: 0,
    };
    let status = ask(&settings.server, &what)?.status;
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
}
