//! Whoever takes over the desk can also have an honest case signed that answers to their own key. Tried
//! on a copy of the desk, so that the demo's own desk keeps its own cases.

use std::fs;

use anyhow::{Context, bail};
use lagrum_agent::{Agent, MandateOutcome};
use lagrum_desk::{Call, Genuine, Intake};
use lagrum_durable::private_directory;
use lagrum_model::{Arrival, RecipientKey};
use lagrum_setup::Place;

use crate::copied::{copy_agent, copy_all};
use crate::forgeries::RefusedForgery;
use crate::world::{World, signing_keys};
use crate::{ANALYST, Demo, NotGenuine, demands};

/// What the agent says to a mandate that both people signed and the log has, but that is sealed to a
/// key which the desk put into it.
pub fn sealed_to_another(demo: &mut Demo<'_>, world: &World) -> anyhow::Result<RefusedForgery> {
    let at = demo.place.dir();
    let copy = at.join("stolen");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    private_directory(&copy)?;
    for part in ["desk", "log", "exchange"] {
        copy_all(&at.join(part), &copy.join(part))?;
    }
    copy_agent(at, &copy, "stockholm")?;

    let refused = signed_honestly(demo, world, &Place::new(copy.clone()));
    fs::remove_dir_all(&copy)?;
    Ok(RefusedForgery {
        forgery: "signed by both and in the log, but sealed to the attacker's own key",
        refused: refused?,
    })
}

/// Has the case with the exchanged key signed by both people, and gives the agent's answer.
fn signed_honestly(demo: &mut Demo<'_>, world: &World, stolen: &Place) -> anyhow::Result<String> {
    let swedish = demands::all(world)?;
    let swedish = swedish.into_iter().find(|demand| demand.number == "4");
    let mut demand = swedish.context("the Swedish demand is not there")?.demand;
    demand.reference.push_str(" (again)");
    demand.originals.clear();
    let key = age::x25519::Identity::generate().to_public().to_string();
    let recipient = demand.recipient.as_mut().context("it names a recipient")?;
    recipient.key = RecipientKey::parse(&key)?;
    let bytes = toml::to_string(&demand)?.into_bytes();

    let keys = signing_keys(demo.place)?;
    let desk = stolen.open_desk()?;
    let user = lagrum_access::current_user()?;
    let analyst = desk.people()?.principal_of_user(&user, Some(ANALYST))?;
    let mut session = desk.session(analyst, demo.time, demo.random);
    let file = Intake {
        file_name: "demand.toml",
        bytes: &bytes,
        arrival: Arrival::default(),
    };
    let id = session.intake(&file, &[])?.case;
    let genuine = Genuine {
        verified: true,
        how: "called back",
        despite: None,
    };
    let call = Call {
        answered_by: "the duty officer",
        at: None,
        confirmed: true,
    };
    session.call_back(&id, &call)?;
    session.authenticate(&id, &genuine)?;
    let today = demo.time.now();
    let today = today.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    session.assess(&id, today)?;
    session.decide(&id, &[], "as proposed")?;
    for key in &keys {
        let lines = session.to_sign(&id)?.into_iter().map(|one| {
            let line = key.sign_line(&one.text)?;
            anyhow::Ok((one.mandate, line))
        });
        let lines: Vec<_> = lines.collect::<Result<_, _>>()?;
        session.add_signatures(&id, &lines)?;
    }
    session.settle()?;
    let agent = Agent::open(&stolen.agents().join("stockholm/agent.toml"))?;
    let time = demo.time;
    let outcomes = agent.run(&|| time.now(), &mut rand_core::OsRng, &mut |_| ())?;
    match &outcomes[..] {
        [(_, MandateOutcome::Refused(refusal))] => Ok(refusal.why.clone()),
        [(_, MandateOutcome::Produced(_))] => {
            Err(NotGenuine("the agent sealed to a key that it does not know".into()).into())
        }
        other => bail!("the agent of the stolen desk: {other:?}"),
    }
}
