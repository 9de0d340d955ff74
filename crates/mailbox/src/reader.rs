//! Reading what is new.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use async_imap::types::Fetch;
use async_imap::{Client, Session};
use futures_util::StreamExt as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::io::{
    AsyncRead, AsyncReadExt as _, AsyncWrite, Join, ReadHalf, Take, WriteHalf, join, split,
};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use crate::MailboxSettings;

/// The server answers a short command within that time.
const ANSWER: Duration = Duration::from_secs(30);
/// A whole message is there within that time.
const MESSAGE: Duration = Duration::from_secs(180);
/// What a server says beside messages, in bytes; a number for each message of a folder of a hundred thousand.
const TALK: u64 = 1 << 20;
/// So many messages are taken at a time; the next run takes the next ones.
const AT_A_TIME: usize = 200;

/// Up to where a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The folder's UIDVALIDITY (RFC 3501, 2.3.1.1): with another one, numbers name other messages.
    pub validity: u32,
    /// The number (UID) of the last message that was taken.
    pub last: u32,
}

/// A message as it lies in the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its number in the folder.
    pub uid: u32,
    /// When it reached the mailbox (UTC), as the server says (INTERNALDATE); `None`: the server does not say.
    pub arrived: Option<Timestamp>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A message that was not taken: somebody has to look at it in the mailbox itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its number in the folder.
    pub uid: u32,
    /// Its length in bytes, as the server says.
    pub length: u64,
}

/// Why the mailbox was not read. No text of the server stands in it: what a server says may name people.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// Nobody answers there.
    #[error("the mail server cannot be reached")]
    Unreachable,
    /// The certificate is not one that is trusted here, or names another server.
    #[error("the mail server's certificate is not trusted here")]
    Certificate,
    /// User or password are wrong.
    #[error("the mail server does not let this user in")]
    Denied,
    /// There is no such folder.
    #[error("the mail server has no such folder, or does not let this user read it")]
    NoFolder,
    /// The server stopped in the middle, or said what nobody understands.
    #[error("the mail server broke off")]
    BrokeOff,
    /// It took too long.
    #[error("the mail server is too slow")]
    TooSlow,
    /// Certificates in the settings cannot be read.
    #[error("certificates: not in the form PEM")]
    Certificates,
    /// A message could not be taken in.
    #[error("{0}")]
    NotTaken(String),
}

/// What a run made of a mailbox.
#[derive(Debug)]
pub struct Read {
    /// Up to where it was read: the messages before are taken, or named as too long. `None`: nothing is known
    /// of the folder.
    pub place: Option<Place>,
    /// Why it ended before the end, if it did.
    pub stopped: Option<MailboxError>,
}

/// Hands each message that is new since `place` to `take`, in the order of their numbers. A folder that was
/// made anew is read from its beginning. Messages longer than `longest` bytes are handed to `too_long` instead.
/// Blocks until it is done.
pub fn read_new(
    settings: &MailboxSettings,
    place: Option<Place>,
    longest: u64,
    mut take: impl FnMut(Letter) -> Result<(), String>,
    mut too_long: impl FnMut(Unread),
) -> Read {
    let mut work = Work {
        settings,
        place,
        longest,
        take: &mut take,
        too_long: &mut too_long,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let stopped = match runtime {
        Ok(runtime) => runtime.block_on(work.run()).err(),
        Err(_) => Some(MailboxError::Unreachable),
    };
    Read {
        place: work.place,
        stopped,
    }
}

fn connector(settings: &MailboxSettings) -> Result<TlsConnector, MailboxError> {
    let mut roots = RootCertStore::empty();
    if settings.certificates.is_empty() {
        for one in rustls_native_certs::load_native_certs().certs {
            // One that cannot be read vouches for nobody.
            let _ = roots.add(one);
        }
    } else {
        for one in CertificateDer::pem_slice_iter(&settings.certificates) {
            let one = one.map_err(|_| MailboxError::Certificates)?;
            roots.add(one).map_err(|_| MailboxError::Certificates)?;
        }
    }
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| MailboxError::Certificates)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// A connection of which no more is read than somebody said.
type Bounded<S> = Join<Take<ReadHalf<S>>, WriteHalf<S>>;

struct Work<'w> {
    settings: &'w MailboxSettings,
    place: Option<Place>,
    longest: u64,
    take: &'w mut dyn FnMut(Letter) -> Result<(), String>,
    too_long: &'w mut dyn FnMut(Unread),
}

impl Work<'_> {
    async fn run(&mut self) -> Result<(), MailboxError> {
        let address = (self.settings.server.as_str(), self.settings.port);
        let connected = within(ANSWER, TcpStream::connect(address)).await?;
        let stream = connected.map_err(|_| MailboxError::Unreachable)?;
        if self.settings.plain {
            return self.read(stream).await;
        }
        let connector = connector(self.settings)?;
        let name = ServerName::try_from(self.settings.server.clone());
        let name = name.map_err(|_| MailboxError::Certificate)?;
        let secured = within(ANSWER, connector.connect(name, stream)).await?;
        self.read(secured.map_err(|_| MailboxError::Certificate)?)
            .await
    }

    async fn read<S>(&mut self, stream: S) -> Result<(), MailboxError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Debug + Send,
    {
        let (reader, writer) = split(stream);
        let mut client = Client::new(join(reader.take(TALK), writer));
        let greeted = within(ANSWER, client.read_response()).await?;
        greeted
            .map_err(|_| MailboxError::BrokeOff)?
            .ok_or(MailboxError::BrokeOff)?;
        let login = client.login(&self.settings.user, self.settings.password.as_str());
        let mut session = within(ANSWER, login)
            .await?
            .map_err(|(error, _)| match error {
                async_imap::error::Error::No(_) => MailboxError::Denied,
                _ => MailboxError::BrokeOff,
            })?;
        let examined = within(ANSWER, session.examine(&self.settings.folder)).await?;
        let folder = examined.map_err(|error| match error {
            async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_) => {
                MailboxError::NoFolder
            }
            _ => MailboxError::BrokeOff,
        })?;
        let validity = folder.uid_validity.ok_or(MailboxError::BrokeOff)?;
        let last = self
            .place
            .filter(|place| place.validity == validity)
            .map_or(0, |place| place.last);
        let mut at = Place { validity, last };
        self.place = Some(at);
        if folder.exists > 0 && last < u32::MAX {
            let search = format!("UID {}:*", last + 1);
            let found = within(ANSWER, session.uid_search(search)).await?;
            // `*` is the last message, whatever stands before it.
            let mut new: Vec<u32> = found
                .map_err(|_| MailboxError::BrokeOff)?
                .into_iter()
                .filter(|uid| *uid > last)
                .collect();
            new.sort_unstable();
            for uid in new.into_iter().take(AT_A_TIME) {
                self.take_one(&mut session, uid).await?;
                at.last = uid;
                self.place = Some(at);
            }
        }
        session.get_mut().reader_mut().set_limit(TALK);
        // What was read is read: a server that does not say good-bye changes nothing.
        let _ = timeout(ANSWER, session.logout()).await;
        Ok(())
    }

    async fn take_one<S>(
        &mut self,
        session: &mut Session<Bounded<S>>,
        uid: u32,
    ) -> Result<(), MailboxError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Debug + Send,
    {
        session.get_mut().reader_mut().set_limit(TALK);
        let about = "(UID RFC822.SIZE INTERNALDATE)";
        let Some(told) = within(ANSWER, fetched(session, uid, about)).await?? else {
            // It was deleted meanwhile.
            return Ok(());
        };
        let length = u64::from(told.size.ok_or(MailboxError::BrokeOff)?);
        if length > self.longest {
            (self.too_long)(Unread { uid, length });
            return Ok(());
        }
        let arrived = told
            .internal_date()
            .and_then(|at| Timestamp::from_second(at.timestamp()).ok());
        session.get_mut().reader_mut().set_limit(length + TALK);
        let Some(whole) = within(MESSAGE, fetched(session, uid, "(UID BODY.PEEK[])")).await??
        else {
            return Ok(());
        };
        let bytes = whole.body().ok_or(MailboxError::BrokeOff)?.to_vec();
        (self.take)(Letter {
            uid,
            arrived,
            bytes,
        })
        .map_err(MailboxError::NotTaken)
    }
}

/// What the server says of one message; `None`: there is no such message any more.
async fn fetched<S>(
    session: &mut Session<Bounded<S>>,
    uid: u32,
    what: &str,
) -> Result<Option<Fetch>, MailboxError>
where
    S: AsyncRead + AsyncWrite + Unpin + Debug + Send,
{
    let answers = session.uid_fetch(uid.to_string(), what).await;
    let mut answers = std::pin::pin!(answers.map_err(|_| MailboxError::BrokeOff)?);
    let mut found = None;
    while let Some(answer) = answers.next().await {
        let answer = answer.map_err(|_| MailboxError::BrokeOff)?;
        // A server may tell of other messages meanwhile.
        if answer.uid == Some(uid) && found.is_none() {
            found = Some(answer);
        }
    }
    Ok(found)
}

async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Result<T, MailboxError> {
    timeout(time, work).await.map_err(|_| MailboxError::TooSlow)
}
