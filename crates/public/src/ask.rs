//! Witnesses asked, and logs of others fetched.

use std::time::Duration;

use lagrum_https::{Answer, Ask, NoAnswer, Server, ask};
use lagrum_log::{CheckpointPolicy, Error, Fetch, LogReader, SignedCheckpoint, VerifiedCheckpoint};
use lagrum_notes::{VerifyingKey, role};

/// A witness stores before it answers.
const TIME: Duration = Duration::from_secs(30);
/// Signature lines, or a size.
const LONGEST_ANSWER: usize = 64 << 10;

/// What came of asking one witness.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It cosigned.
    Cosigned,
    /// It has seen more entries than the log has: the log was rolled back, or shows two histories. An alarm, and
    /// nothing to try again.
    SawMore {
        /// How many it has seen.
        size: u64,
    },
    /// It has seen another history under the same or a smaller size (422): an alarm, too.
    SawOther,
    /// It does not know the log (404) or its key (403), or does not understand what it is asked.
    Refuses {
        /// Its status.
        status: u16,
    },
    /// What it answered holds no cosignature of its own.
    NoCosignature,
    /// No address that could be asked.
    Address,
    /// It does not answer.
    Silent(NoAnswer),
}

impl Outcome {
    /// Whether the operator has to look at it at once.
    #[must_use]
    pub fn is_alarm(&self) -> bool {
        matches!(self, Self::SawMore { .. } | Self::SawOther)
    }
}

/// A checkpoint with what its witnesses said.
#[derive(Debug, Clone)]
pub struct Asked {
    /// With the cosignatures that hold.
    pub checkpoint: SignedCheckpoint,
    /// What came of each, by its name.
    pub outcomes: Vec<(String, Outcome)>,
}

/// Asks every witness that the policy says how to reach to cosign the log's newest checkpoint, published or not.
/// The log may grow meanwhile.
///
/// # Errors
/// When the log cannot be read. A witness that does not answer is no error: see [`Asked::outcomes`].
pub fn ask_witnesses(log: &LogReader, policy: &CheckpointPolicy) -> Result<Asked, Error> {
    let newest = log.newest()?;
    let mut asked = Asked {
        checkpoint: newest.signed().clone(),
        outcomes: Vec::new(),
    };
    for (witness, address) in policy.addresses() {
        let outcome = one(log, &newest, &mut asked.checkpoint, witness, address)?;
        asked.outcomes.push((witness.name().to_owned(), outcome));
    }
    Ok(asked)
}

fn one(
    log: &LogReader,
    newest: &VerifiedCheckpoint,
    checkpoint: &mut SignedCheckpoint,
    witness: &VerifyingKey<role::Witness>,
    address: &str,
) -> Result<Outcome, Error> {
    let Some(server) = server(address, "add-checkpoint", &[]) else {
        return Ok(Outcome::Address);
    };
    // What it saw last it says itself.
    let mut old = 0;
    for _ in 0..2 {
        let proof = log.prove_growth(newest, old)?.to_string();
        let request = Ask {
            body: Some(proof.as_bytes()),
            headers: &[("content-type", "text/plain; charset=utf-8")],
            within: TIME,
            largest: LONGEST_ANSWER,
        };
        let Answer { status, body } = match ask(&server, &request) {
            Ok(answer) => answer,
            Err(why) => return Ok(Outcome::Silent(why)),
        };
        let text = String::from_utf8_lossy(&body);
        match status {
            200 => {
                return Ok(match checkpoint.with_cosignature_of(witness, &text)? {
                    Some(cosigned) => {
                        *checkpoint = cosigned;
                        Outcome::Cosigned
                    }
                    None => Outcome::NoCosignature,
                });
            }
            409 => match text.trim_end().parse() {
                Ok(size) if size > newest.head().size => {
                    // Somebody else may have asked it meanwhile, about what the log has by now.
                    return Ok(match log.newest()?.head().size {
                        now if size > now => Outcome::SawMore { size },
                        _ => Outcome::NoCosignature,
                    });
                }
                Ok(size) if size != old => old = size,
                _ => return Ok(Outcome::Refuses { status }),
            },
            422 => return Ok(Outcome::SawOther),
            status => return Ok(Outcome::Refuses { status }),
        }
    }
    Ok(Outcome::Refuses { status: 409 })
}

fn server(address: &str, below: &str, certificates: &[u8]) -> Option<Server> {
    let mut server = Server::at(&format!("{}/{below}", address.trim_end_matches('/')))?;
    // The operator named it, in a file of their own.
    server.private = true;
    server.certificates = certificates.to_owned();
    Some(server)
}

/// A log of others, under its address.
pub struct Https {
    address: String,
    certificates: Vec<u8>,
}

impl Https {
    /// The log below this address.
    #[must_use]
    pub fn below(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            certificates: Vec::new(),
        }
    }

    /// The same, if `certificates` (PEM) are those of whoever vouches for its server. Empty: those that the machine trusts.
    #[must_use]
    pub fn vouched_for(self, certificates: Vec<u8>) -> Self {
        Self {
            certificates,
            ..self
        }
    }
}

/// Why a file of a log could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotFetched {
    /// No address that could be asked.
    #[error("the address is neither https nor this machine")]
    Address,
    /// The server does not answer.
    #[error(transparent)]
    Silent(#[from] NoAnswer),
    /// It answers something else than the file, or that there is none.
    #[error("the server answers {0}")]
    Status(u16),
}

impl Fetch for Https {
    type Error = NotFetched;

    fn fetch(&mut self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, NotFetched> {
        let server = server(&self.address, path, &self.certificates).ok_or(NotFetched::Address)?;
        let request = Ask {
            body: None,
            headers: &[],
            within: TIME,
            largest: usize::try_from(limit).unwrap_or(usize::MAX),
        };
        match ask(&server, &request)? {
            Answer { status: 200, body } => Ok(Some(body)),
            Answer { status: 404, .. } => Ok(None),
            Answer { status, .. } => Err(NotFetched::Status(status)),
        }
    }
}
