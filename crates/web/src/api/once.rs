//! What is done once, however often it is asked for: `Idempotency-Key`.
//!
//! The first request with a key leaves a mark on the shelf before anything is done; in its place the answer is
//! kept, sealed, for a day. Whoever comes with the same key meanwhile is told so, and nothing is done twice.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use lagrum_desk::Desk;
use lagrum_desk::shelved::ONCE;
use lagrum_store::StoreError;
use rand_core::CryptoRngCore;
use serde::{Deserialize, Serialize};

use super::problem::ApiProblem;
use crate::reply::Reply;

/// How long an answer is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long a request that was cut off keeps its key: nothing that is done takes so long.
const UNDER_WAY: SignedDuration = SignedDuration::from_mins(10);
/// Headers of an answer that are kept with it.
const HEADERS: [&str; 3] = ["content-type", "location", "www-authenticate"];

/// A key is that long at most, in characters.
pub(crate) const LONGEST_KEY: usize = 128;

#[derive(Serialize, Deserialize)]
struct Kept {
    /// SHA-256 of the request.
    request: String,
    /// Absent: it is under way.
    answer: Option<Answer>,
}

#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Whether a text is a key.
pub(crate) fn is_key(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (1..=LONGEST_KEY).contains(&text.len()) && text.chars().all(plain)
}

/// One key of one token.
pub(crate) struct Once<'d> {
    pub(crate) desk: &'d Desk,
    pub(crate) token: &'d str,
    pub(crate) key: &'d str,
    /// SHA-256 of the request.
    pub(crate) request: String,
    pub(crate) now: Timestamp,
}

impl Once<'_> {
    fn place(&self) -> Vec<u8> {
        format!("{}\n{}", self.token, self.key).into_bytes()
    }

    /// Does it, or gives what was answered when it was done.
    pub(crate) fn answer(
        &self,
        random: &mut dyn CryptoRngCore,
        done: impl FnOnce() -> Result<Reply, ApiProblem>,
    ) -> Result<Reply, ApiProblem> {
        if let Some(before) = self.begin(random)? {
            return Ok(before);
        }
        let reply = done().unwrap_or_else(ApiProblem::reply);
        // What failed may succeed the next time: nothing was recorded, or it says that it was.
        if reply.status >= 500 || reply.piece.is_some() {
            self.desk.shelf().remove(ONCE, &self.place())?;
            return Ok(reply);
        }
        let kept = reply
            .headers
            .iter()
            .filter(|(name, _)| HEADERS.contains(name));
        let answer = Answer {
            status: reply.status,
            headers: kept
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            body: BASE64_STANDARD_NO_PAD.encode(&reply.body),
        };
        // It is done, whether or not that can be written down.
        let _ = self.put(Some(answer), KEPT, random);
        Ok(reply)
    }

    /// Marks the key; gives what was answered, if it was used.
    fn begin(&self, random: &mut dyn CryptoRngCore) -> Result<Option<Reply>, ApiProblem> {
        let shelf = self.desk.shelf();
        let mark = serde_json::to_vec(&Kept {
            request: self.request.clone(),
            answer: None,
        });
        let mark = mark.unwrap_or_default();
        for _ in 0..2 {
            let until = Some(self.now + UNDER_WAY);
            if shelf.put_first(ONCE, &self.place(), &mark, until, random)? {
                return Ok(None);
            }
            let found = shelf.get(ONCE, &self.place(), self.now)?;
            let found = found.and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
            match found {
                // It lay there for longer than it counts.
                None => shelf.sweep(self.now)?,
                Some(kept) if kept.request != self.request => {
                    return Err(ApiProblem::new("idempotency-key-reused"));
                }
                Some(Kept { answer: None, .. }) => break,
                Some(Kept {
                    answer: Some(answer),
                    ..
                }) => return Ok(Some(again(answer))),
            }
        }
        Err(ApiProblem::new("idempotency-key-busy").header("retry-after", "5"))
    }

    fn put(
        &self,
        answer: Option<Answer>,
        kept_for: SignedDuration,
        random: &mut dyn CryptoRngCore,
    ) -> Result<(), StoreError> {
        let kept = Kept {
            request: self.request.clone(),
            answer,
        };
        let value = serde_json::to_vec(&kept).unwrap_or_default();
        let until = Some(self.now + kept_for);
        let shelf = self.desk.shelf();
        shelf.put(ONCE, &self.place(), &value, until, random)
    }
}

fn again(answer: Answer) -> Reply {
    let named = |name: &str| HEADERS.into_iter().find(|known| *known == name);
    let headers = answer.headers.into_iter();
    let headers = headers.filter_map(|(name, value)| Some((named(&name)?, value)));
    let mut headers: Vec<_> = headers.collect();
    headers.push(("idempotency-replayed", "true".into()));
    Reply {
        status: answer.status,
        headers,
        body: BASE64_STANDARD_NO_PAD
            .decode(answer.body)
            .unwrap_or_default(),
        piece: None,
    }
}
