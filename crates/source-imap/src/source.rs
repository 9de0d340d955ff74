use lagrum_mandate::Orders;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    About, Context, Counts, Need, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
};
use lagrum_sources::{Handed, each_order};

use crate::config::Server;
use crate::connection::GoOn;
use crate::fault::Fault;
use crate::session::{Limits, Session, SignedIn};

/// What errors call the server itself.
const SERVER: &str = "the server";

/// Accounts on one server.
pub(crate) struct Imap {
    about: About,
    server: Server,
    pub(crate) limits: Limits,
}

/// Mail on an IMAP server: the kind `imap`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Imap::open(config, context)?))
}

impl Imap {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let (id, server) = Server::read(config, context)?;
        Ok(Self {
            about: About::of_mail(id, "imap", server.date.rule()),
            server,
            limits: Limits::USUAL,
        })
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    /// Signs in as an account; `None`: there is no such account, which is said only where the master user is let
    /// in to another.
    fn signed_in<'s>(
        &self,
        name: &str,
        go_on: GoOn<'s>,
    ) -> Result<Option<Session<'s>>, SourceError> {
        let opened = |name: &str| {
            let opened = Session::open(&self.server, name, self.limits, go_on);
            opened.map_err(|fault| fault.at(self.id(), SERVER))
        };
        if let SignedIn::Yes(session) = opened(name)? {
            return Ok(Some(session));
        }
        let why = "the server lets the master user not in to this account: either it does not know the account, or not the master user";
        let denied = |why: &str| Err(SourceError::denied(self.id(), SERVER, why.to_owned()));
        let Some(known) = &self.server.known else {
            return denied(&format!(
                "{why}; name in `known_account` an account that is certainly there, so that the two are told apart"
            ));
        };
        match opened(known)? {
            SignedIn::Yes(session) => session.close(),
            SignedIn::No => return denied("the server does not let the master user in"),
        }
        Ok(None)
    }

    /// Searches one account for one order.
    pub(crate) fn search_account(
        &self,
        account: &EmailAddress,
        place: usize,
        period: &Period,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Option<Counts>, SourceError> {
        let name = self.server.name_of(account);
        let name = name.map_err(|why| SourceError::config(self.id(), "login", why))?;
        let go_on = || Ok::<_, Fault>(run.go_on(self.id())?);
        let Some(mut session) = self.signed_in(&name, &go_on)? else {
            return Ok(None);
        };
        let mut handed = Handed::new(self.id(), place, period, self.server.date, run, sink)?;
        let mut at = "the account's folders".to_owned();
        let read = |session: &mut Session<'_>, handed: &mut Handed<'_>, at: &mut String| {
            for folder in session.settled()? {
                session.read(&folder, handed, at)?;
            }
            Ok::<_, Fault>(())
        };
        read(&mut session, &mut handed, &mut at).map_err(|fault| fault.at(self.id(), &at))?;
        session.close();
        Ok(Some(handed.counts()))
    }
}

impl Source for Imap {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Port(self.server.port)]
    }

    fn probe(&self) -> Result<(), SourceError> {
        let Some(known) = &self.server.known else {
            let greeted = Session::reached(&self.server);
            return greeted.map_err(|fault| fault.at(self.id(), SERVER));
        };
        match self.signed_in(known, &|| Ok(()))? {
            Some(session) => session.close(),
            None => {
                let why = "the server does not let the master user in to `known_account`";
                return Err(SourceError::denied(self.id(), SERVER, why));
            }
        }
        Ok(())
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        each_order(self.id(), orders, run, |account, place, period| {
            self.search_account(account, place, period, run, sink)
        })
    }
}
