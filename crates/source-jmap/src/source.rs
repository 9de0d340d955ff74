//! The kind `jmap`: what it says of itself, and how an account is searched.

use lagrum_mandate::Orders;
use lagrum_model::{EmailAddress, Period};
use lagrum_source::{
    About, Context, Counts, Need, Run, SearchResult, Sink, Source, SourceConfig, SourceError,
};
use lagrum_sources::{Handed, MailDate, each_order};

use crate::client::Client;
use crate::config::Server;
use crate::fault::Fault;
use crate::listing::{Listed, settled};
use crate::session;

/// What errors call the server itself.
const SERVER: &str = "the server";
/// The longest message that is fetched, in bytes: what a mail server takes is a tenth of it.
const LONGEST_MESSAGE: u64 = 256 << 20;

/// Accounts on one server.
pub(crate) struct Jmap {
    about: About,
    pub(crate) server: Server,
}

/// Mail on a JMAP server: the kind `jmap`.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Jmap::open(config, context)?))
}

impl Jmap {
    pub(crate) fn open(config: &SourceConfig, context: &Context<'_>) -> Result<Self, SourceError> {
        let (id, server) = Server::read(config, context)?;
        Ok(Self {
            about: About::of_mail(id, "jmap", server.date.rule()),
            server,
        })
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    /// Searches one account for one order.
    pub(crate) fn search_account(
        &self,
        account: &EmailAddress,
        place: usize,
        period: &Period,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Counts, SourceError> {
        let name = self.server.name_of(account);
        let name = name.map_err(|why| SourceError::config(self.id(), "login", why))?;
        let go_on = || Ok::<_, Fault>(run.go_on(self.id())?);
        let mut at = SERVER.to_owned();
        let mut handed = Handed::new(self.id(), place, period, self.server.date, run, sink)?;
        let mut read = || {
            let mut client = Client::new(&self.server, Some(&name))?;
            let session = client.session(&go_on)?;
            let session = session::Session::read(&session, &self.server.place, &name)?;
            "the account's messages".clone_into(&mut at);
            let listed = settled(&mut client, &session, &go_on)?;
            for message in &listed {
                at = format!("email {}", message.id);
                handed.begin()?;
                let decides = self.server.date == MailDate::Internal;
                if handed.dated(decides.then_some(message.received.as_str())) {
                    continue;
                }
                match message.size > LONGEST_MESSAGE {
                    true => {
                        handed
                            .unread(&at, "the message is longer than 256 MiB; it was not read")?;
                    }
                    false => {
                        self.fetch(&mut client, &session, message, &mut handed, &go_on)?;
                        handed.end(&at)?;
                    }
                }
            }
            Ok::<_, Fault>(())
        };
        read().map_err(|fault| fault.at(self.id(), &at))?;
        Ok(handed.counts())
    }

    fn fetch(
        &self,
        client: &mut Client<'_>,
        session: &session::Session,
        message: &Listed,
        handed: &mut Handed<'_>,
        go_on: &dyn Fn() -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let place = &self.server.place;
        let path = session
            .server
            .blob(place, &session.account, &message.blob)?;
        client.message(&path, message.size, go_on, &mut |bytes| {
            match bytes {
                Some(bytes) => handed.push(bytes)?,
                None => handed.again()?,
            }
            Ok(())
        })
    }
}

impl Source for Jmap {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Port(self.server.place.port)]
    }

    fn probe(&self) -> Result<(), SourceError> {
        let known = self.server.known.as_deref();
        let probed = || {
            let mut client = Client::new(&self.server, known)?;
            let told = client.session(&|| Ok(()))?;
            let place = &self.server.place;
            match known {
                Some(known) => session::Session::read(&told, place, known).map(drop),
                None => session::Server::read(&told, place).map(drop),
            }
        };
        probed().map_err(|fault: Fault| fault.at(self.id(), SERVER))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        each_order(self.id(), orders, run, |account, place, period| {
            self.search_account(account, place, period, run, sink)
                .map(Some)
        })
    }
}
