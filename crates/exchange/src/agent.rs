//! The agent's end, over HTTPS.

mod upload;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use lagrum_durable::NoFaults;
use lagrum_https::{Answer, Ask, NoAnswer, Server, ask};
use lagrum_mandate::gate::UntrustedMandate;
use lagrum_model::{Region, Sha256Digest};
use lagrum_notes::{SigningKey, VerifyingKey, role};
use lagrum_transport::directory::Faults;
use lagrum_transport::{AgentEnd, FetchError, LONGEST_ANSWER, LONGEST_OFFER, Stem, TransportError};
use rand_core::CryptoRngCore;

use crate::request::{HEADER, Signed};
use crate::serve::LONGEST_WAIT;
use crate::settings::plain_origin;
use crate::way::{Step, Way, enrolment};

/// A short step is answered within that time.
const SHORT: Duration = Duration::from_secs(60);
/// A list of names, in bytes: some 50,000 of them.
const LONGEST_LIST: usize = 4 << 20;
/// A mandate with what comes with it, and the line before it.
const LONGEST_MANDATE: usize = (3 * LONGEST_OFFER + 100) as usize;
/// "yes", "no", a number, a digest.
const LONGEST_WORD: usize = 256;
/// After how long a request that was not answered is made again, one pause after the other.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(8),
    Duration::from_secs(20),
    Duration::from_secs(40),
];

/// How often it is looked, while it waits, whether it is asked to stop.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What an agent needs to reach its exchange.
pub struct AgentParts {
    /// The exchange's address: https://HOST.
    pub address: String,
    /// Certificates (PEM) of whoever vouches for it. Empty: those that the machine trusts.
    pub certificates: Vec<u8>,
    /// The agent's region.
    pub region: Region,
    /// The agent's own key.
    pub key: SigningKey<role::Agent>,
    /// Now (UTC).
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Chance, for the names of requests.
    pub random: Box<dyn CryptoRngCore + Send>,
}

/// The agent's end of an exchange elsewhere. All connections go out from it.
pub struct HttpsAgent {
    server: Server,
    origin: String,
    region: Region,
    key: SigningKey<role::Agent>,
    clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    random: Mutex<Box<dyn CryptoRngCore + Send>>,
    /// The run of the server, as it said last.
    run: Mutex<String>,
    pauses: Vec<Duration>,
    stops: Arc<AtomicBool>,
    faults: Faults,
}

/// What was asked for and answered, or why not.
enum Failed {
    /// There was no answer: the same may be asked again.
    Cut(NoAnswer),
    /// It will not be otherwise the next time.
    For(TransportError),
}

impl From<TransportError> for Failed {
    fn from(error: TransportError) -> Self {
        Self::For(error)
    }
}

impl From<Failed> for TransportError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Cut(why) => elsewhere(why.to_string()),
            Failed::For(error) => error,
        }
    }
}

fn elsewhere(why: impl Into<String>) -> TransportError {
    TransportError::Elsewhere(why.into())
}

impl HttpsAgent {
    /// The end at this exchange. Nothing is asked yet.
    ///
    /// # Errors
    /// [`TransportError::Elsewhere`], if the address is not one of an exchange.
    pub fn new(parts: AgentParts) -> Result<Self, TransportError> {
        let wrong = || {
            elsewhere(
                "its address has to be https://HOST or https://HOST:PORT; http is for this machine alone",
            )
        };
        let origin = plain_origin(&parts.address).ok_or_else(wrong)?;
        let mut server = Server::at(&parts.address).ok_or_else(wrong)?;
        // The operator named it, in a file of their own.
        server.private = true;
        server.certificates = parts.certificates;
        Ok(Self {
            server,
            origin,
            region: parts.region,
            key: parts.key,
            clock: parts.clock,
            random: Mutex::new(parts.random),
            run: Mutex::new("0".repeat(32)),
            pauses: PAUSES.to_vec(),
            stops: Arc::default(),
            faults: Arc::new(NoFaults),
        })
    }

    /// Once `stops` is set, what nobody answers is not asked again, but for recalls: the exchange may have been stopped as
    /// well, and what could not be handed over stays where it is.
    #[must_use]
    pub fn ending_with(self, stops: Arc<AtomicBool>) -> Self {
        Self { stops, ..self }
    }

    #[cfg(test)]
    pub(crate) fn with_faults(self, faults: Faults, pauses: Vec<Duration>) -> Self {
        Self {
            pauses,
            faults,
            ..self
        }
    }

    /// The agent's public key.
    #[must_use]
    pub fn key(&self) -> VerifyingKey<role::Agent> {
        self.key.verifying_key()
    }

    /// Waits until the desk left something that was not there when it looked as `seen`, half a minute at most. How it
    /// looks now. With `None` it does not wait.
    ///
    /// # Errors
    /// [`TransportError`].
    pub fn changes(&self, seen: Option<Sha256Digest>) -> Result<Sha256Digest, TransportError> {
        let seen = seen.unwrap_or(Sha256Digest([0; 32]));
        let within = LONGEST_WAIT + SHORT;
        let body = self.once(&Step::Changes(seen), None, LONGEST_WORD, within)?;
        let text = String::from_utf8(body).unwrap_or_default();
        Sha256Digest::parse(&text).map_err(|_| not_understood())
    }

    /// Asks, and asks again after growing pauses while nobody answers.
    fn ask(
        &self,
        step: &Step,
        body: Option<&[u8]>,
        largest: usize,
    ) -> Result<Vec<u8>, TransportError> {
        let mut pauses = self.pauses.iter();
        loop {
            match self.once(step, body, largest, SHORT) {
                Err(Failed::Cut(why)) if self.tries_again(step, why, pauses.next()) => {}
                other => return Ok(other?),
            }
        }
    }

    /// Whether what was not answered is asked again; waits until then. On whether there is a recall hangs a mandate that is
    /// being carried out, and what was searched for it.
    fn tries_again(&self, step: &Step, why: NoAnswer, pause: Option<&Duration>) -> bool {
        let Some(pause) = pause.filter(|_| may_pass(why)) else {
            return false;
        };
        let waits = matches!(step, Step::Recalls | Step::Recall(_));
        let began = Instant::now();
        while waits || !self.stops.load(Ordering::Relaxed) {
            let left = pause.saturating_sub(began.elapsed());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(LOOK_EVERY));
        }
        false
    }

    /// The body of a good answer to one step.
    fn once(
        &self,
        step: &Step,
        body: Option<&[u8]>,
        largest: usize,
        within: Duration,
    ) -> Result<Vec<u8>, Failed> {
        let answer = self.answer(step, body, largest, within)?;
        match answer.status {
            200 => Ok(answer.body),
            status => Err(Failed::For(elsewhere(status_in_words(
                status,
                &answer.body,
            )))),
        }
    }

    /// Shows the exchange this agent's key, with a token that it was given there. From then on the key counts.
    ///
    /// # Errors
    /// [`TransportError`]; a token that does not count, or is one of another region, is among them.
    pub fn enrol(&self, token: &str) -> Result<(), TransportError> {
        let path = enrolment(&self.region);
        let body = format!("{token}\n{}", self.key.verifying_key());
        let ask = || {
            self.sign_and_ask("POST", &path, Some(body.as_bytes()), LONGEST_WORD, SHORT)
                .map_err(TransportError::from)
        };
        let mut answer = ask()?;
        if self.learns_the_run(&answer) {
            answer = ask()?;
        }
        match answer.status {
            200 => Ok(()),
            403 => Err(elsewhere(
                "the token does not count: it was used, its time is over, or it is one of another region; or the key is known there already",
            )),
            500 => Err(elsewhere(
                "something failed there, and whoever runs it reads on its error stream what; this says nothing about the token, \
                 and the same token may be shown again",
            )),
            status => Err(elsewhere(status_in_words(status, &answer.body))),
        }
    }

    /// One step. A server that was started again says so, and is asked once more.
    fn answer(
        &self,
        step: &Step,
        body: Option<&[u8]>,
        largest: usize,
        within: Duration,
    ) -> Result<Answer, Failed> {
        let path = Way {
            region: self.region.clone(),
            step: step.clone(),
        }
        .to_string();
        let place = Path::new(&path);
        let point = || self.faults.point(place).map_err(TransportError::from);
        point()?;
        let ask = || self.sign_and_ask(step.method(), &path, body, largest, within);
        let mut answer = ask()?;
        if self.learns_the_run(&answer) {
            answer = ask()?;
        }
        point()?;
        Ok(answer)
    }

    /// Whether the server said that it was started again, and in which run it is.
    fn learns_the_run(&self, answer: &Answer) -> bool {
        let said = String::from_utf8_lossy(&answer.body);
        let run = said.strip_prefix("run ").filter(|run| is_run(run));
        let (409, Some(run)) = (answer.status, run) else {
            return false;
        };
        run.clone_into(&mut self.run.lock().unwrap_or_else(PoisonError::into_inner));
        true
    }

    fn sign_and_ask(
        &self,
        method: &str,
        path: &str,
        body: Option<&[u8]>,
        largest: usize,
        within: Duration,
    ) -> Result<Answer, Failed> {
        let mut nonce = [0; 16];
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        random.fill_bytes(&mut nonce);
        drop(random);
        let run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        let signed = Signed {
            to: self.origin.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            body: Sha256Digest::of(body.unwrap_or_default()),
            run: run.clone(),
            at: (self.clock)(),
            nonce: hex::encode(nonce),
        };
        drop(run);
        let header = signed.header(&self.key);
        let header = header.map_err(|why| elsewhere(why.to_string()))?;
        let server = Server {
            path: path.to_owned(),
            ..self.server.clone()
        };
        let what = Ask {
            body,
            headers: &[(HEADER, &header)],
            within,
            largest,
        };
        ask(&server, &what).map_err(Failed::Cut)
    }

    fn is(&self, step: &Step) -> Result<bool, TransportError> {
        match &*self.ask(step, None, LONGEST_WORD)? {
            b"yes" => Ok(true),
            b"no" => Ok(false),
            _ => Err(not_understood()),
        }
    }

    fn tell(&self, step: &Step, note: &str) -> Result<(), TransportError> {
        self.ask(step, Some(note.as_bytes()), LONGEST_WORD)
            .map(|_| ())
    }

    fn names(&self, step: &Step) -> Result<Vec<Stem>, TransportError> {
        let text = String::from_utf8(self.ask(step, None, LONGEST_LIST)?);
        let text = text.map_err(|_| not_understood())?;
        let names = text.split_terminator('\n').map(Stem::parse);
        names.collect::<Option<_>>().ok_or_else(not_understood)
    }
}

/// Whether it is the name of a run: what is signed holds nothing else that a server says.
fn is_run(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether somebody may answer the next time.
fn may_pass(why: NoAnswer) -> bool {
    matches!(
        why,
        NoAnswer::Unreachable | NoAnswer::BrokeOff | NoAnswer::TooSlow
    )
}

fn not_understood() -> TransportError {
    elsewhere("its answer is not one that this agent understands")
}

fn status_in_words(status: u16, body: &[u8]) -> String {
    let said = String::from_utf8_lossy(body);
    match (status, said.strip_prefix("clock ")) {
        (409, Some(clock)) => {
            let clock = clock.parse::<Timestamp>();
            let clock = clock.map_or_else(|_| String::new(), |at| format!(": there it is {at}"));
            format!("its clock and the one here are more than two minutes apart{clock}")
        }
        (403, _) => "it does not know this agent's key for this region, or its own address is written otherwise in its settings".to_owned(),
        (413, _) => "the package is longer than it takes (largest_package_gib in exchange.toml)".to_owned(),
        (422, _) => "what arrived there is not what was sent".to_owned(),
        (429, _) => "it has too much to do".to_owned(),
        _ => format!("it answers with status {status}"),
    }
}

impl AgentEnd for HttpsAgent {
    fn waiting(&self) -> Result<Vec<Stem>, TransportError> {
        self.names(&Step::Waiting)
    }

    fn fetch(&self, stem: &Stem) -> Result<UntrustedMandate, FetchError> {
        let mut pauses = self.pauses.iter();
        let answer = loop {
            let step = Step::Mandate(stem.clone());
            match self.answer(&step, None, LONGEST_MANDATE, SHORT) {
                Err(Failed::Cut(why)) if self.tries_again(&step, why, pauses.next()) => {}
                other => break other.map_err(TransportError::from)?,
            }
        };
        match answer.status {
            200 => divide(&answer.body).ok_or_else(|| not_understood().into()),
            404 => Err(FetchError::Recalled(stem.clone())),
            422 => Err(FetchError::Unreadable("the exchange cannot read it".into())),
            status => Err(elsewhere(status_in_words(status, &answer.body)).into()),
        }
    }

    fn recalls(&self, hear: &mut dyn FnMut(&Stem, Vec<u8>)) -> Result<Vec<Stem>, TransportError> {
        let longest = usize::try_from(LONGEST_ANSWER).unwrap_or(usize::MAX);
        let mut unread = Vec::new();
        for stem in self.names(&Step::Recalls)? {
            match self.ask(&Step::Recall(stem.clone()), None, longest) {
                Ok(note) => hear(&stem, note),
                Err(_) => unread.push(stem),
            }
        }
        Ok(unread)
    }

    fn is_acknowledged(&self, stem: &Stem) -> Result<bool, TransportError> {
        self.is(&Step::Acknowledged(stem.clone()))
    }

    fn forget(&self, stem: &Stem) -> Result<(), TransportError> {
        self.tell(&Step::Forget(stem.clone()), "")
    }

    fn send_beat(&self, note: &str) -> Result<(), TransportError> {
        self.tell(&Step::Beat, note)
    }

    fn is_answered(&self, stem: &Stem) -> Result<bool, TransportError> {
        self.is(&Step::Answered(stem.clone()))
    }

    fn send_refusal(&self, stem: &Stem, note: &str) -> Result<(), TransportError> {
        self.tell(&Step::Refusal(stem.clone()), note)
    }

    fn send_package(&self, stem: &Stem, sealed: &Path) -> Result<(), TransportError> {
        self.upload(stem, sealed)
    }

    fn send_receipt(&self, stem: &Stem, note: &str) -> Result<(), TransportError> {
        self.tell(&Step::Receipt(stem.clone()), note)
    }
}

/// Takes a mandate with what came with it apart.
fn divide(all: &[u8]) -> Option<UntrustedMandate> {
    let end = all.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&all[..end]).ok()?;
    let lengths = line.split(' ').map(|length| length.parse().ok());
    let lengths: Vec<usize> = lengths.collect::<Option<_>>()?;
    let [note, proof, answers] = lengths[..] else {
        return None;
    };
    let rest = &all[end + 1..];
    let (note, rest) = rest.split_at_checked(note)?;
    let (proof, rest) = rest.split_at_checked(proof)?;
    let whole = rest.len() == answers;
    whole.then(|| UntrustedMandate {
        note: note.to_vec(),
        proof: proof.to_vec(),
        answers: rest.to_vec(),
    })
}
