//! An agent, as far as a desk sees one: it finds mandates, and leaves what it answers.

use std::fs;
use std::path::PathBuf;

use lagrum_mandate::Mandate;
use lagrum_mandate::answer::{
    Preserved, Receipt, Refusal as AgentRefusal, RefusalCode, SignedAnswer,
};
use lagrum_model::{CaseId, Kept, Sha256Digest};
use lagrum_notes::{SigningKey, role};
use lagrum_transport::Stem;

use super::world::World;
use crate::Session;

/// The one mandate of a case that did not lapse.
pub fn the_mandate(session: &Session<'_>, id: &CaseId) -> Mandate {
    let case = session.case(id).unwrap().case;
    let mut good = case.mandates.values().filter(|one| !one.is_lapsed());
    let mandate = Mandate::parse(&good.next().unwrap().text).unwrap();
    assert!(good.next().is_none());
    mandate
}

/// Where the agent finds it.
pub fn offer(world: &World, mandate: &Mandate) -> PathBuf {
    let stem = Stem::of(mandate);
    world.dir().join(format!("exchange/in/{stem}.mandate"))
}

/// The agent's key.
pub fn agent(world: &World) -> SigningKey<role::Agent> {
    let secret = fs::read_to_string(world.dir().join("agent.key")).unwrap();
    SigningKey::from_secret(secret.trim()).unwrap()
}

fn leave(world: &World, name: &str, bytes: impl AsRef<[u8]>) {
    let out = world.dir().join("exchange/out");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join(name), bytes).unwrap();
}

/// The agent refuses.
pub fn refuse(world: &World, mandate: &Mandate, why: &str, recalled: bool) {
    let refusal = AgentRefusal {
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        code: RefusalCode::Mandate,
        why: why.into(),
        recalled,
    };
    let note = refusal.sign(&agent(world)).unwrap();
    leave(world, &format!("{}.refusal", Stem::of(mandate)), note);
}

/// The agent has carried it out, however late.
pub fn produce(world: &World, mandate: &Mandate) {
    withhold(world, mandate, 0);
}

/// The same, and withheld so much for a person to decide about.
pub fn withhold(world: &World, mandate: &Mandate, for_review: u64) {
    let stem = Stem::of(mandate);
    let package = format!("sealed under {}", mandate.nonce);
    let receipt = Receipt {
        case: mandate.case.clone(),
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        package: stem.package(),
        sha256: Sha256Digest::of(package.as_bytes()),
        length: package.len() as u64,
        volumes: None,
        produced: 1,
        for_review,
        searched: Vec::new(),
    };
    leave(world, &stem.package(), package);
    let note = receipt.sign(&agent(world)).unwrap();
    leave(world, &format!("{stem}.receipt"), note);
}

/// The agent has frozen a copy, and keeps it as it was asked.
pub fn preserve(world: &World, mandate: &Mandate) {
    let answer = Preserved {
        case: mandate.case.clone(),
        mandate: mandate.digest(),
        region: mandate.region.clone(),
        kept: Kept {
            copy: Sha256Digest::of(mandate.nonce.to_string().as_bytes()),
            items: 2,
            for_review: 1,
            sources: vec!["people".into()],
            until: mandate.recipient.kept().unwrap().until,
            ended: None,
        },
    };
    let note = answer.sign(&agent(world)).unwrap();
    leave(world, &format!("{}.receipt", Stem::of(mandate)), note);
}
