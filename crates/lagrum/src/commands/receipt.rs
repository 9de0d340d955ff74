//! `lagrum receipt`, and how `lagrum verify` checks one.

use std::path::Path;

use anyhow::anyhow;
use jiff::Timestamp;
use lagrum_mandate::gate::CardSeen;
use lagrum_model::CaseId;
use lagrum_package::{CardPlace, Trust, digest_of_file, look_for_card, read_receipt};

use crate::context::{Context, now};
use crate::output::{Failure, Output, judged};

/// Print the receipt of a demand, for whoever sent it
///
/// With it they can check in the public log that their demand is counted, and in a report as what (`lagrum verify`).
/// It proves to everybody that there was a demand: it goes to nobody else.
#[derive(clap::Args)]
pub struct Receipt {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
}

impl Receipt {
    /// Prints it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        context.at_desk(|session| {
            let receipt = session.receipt(id)?.ok_or_else(|| {
                anyhow!("case {id} has no card in the public log: it was opened while the log had no files of cards, or all were full")
            })?;
            let json = serde_json::json!({"case": id, "receipt": receipt});
            context.output.show(&json, || receipt.trim_end().to_owned())
        })
    }
}

/// Checks a receipt: the log's signature, the demand that it is of, the card in the public log.
pub fn verify(
    note: &[u8],
    trust: &Trust,
    demand: Option<&Path>,
    log: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let opening = read_receipt(note, trust).map_err(judged)?;
    let digest = hex::encode(opening.demand().unwrap_or_default());
    if let Some(file) = demand {
        let (found, _) = digest_of_file(file).map_err(judged)?;
        if found.to_string() != digest {
            let why = anyhow!(
                "the receipt is of another demand than {}: ask the provider for yours",
                file.display()
            );
            return Err(Failure::NotGenuine(why));
        }
    }
    let place = log.map(|log| look_for_card(&opening, trust, log, now()));
    let place = place.transpose().map_err(judged)?;
    let (slot, at) = opening.place();
    let json = serde_json::json!({
        "origin": opening.origin(), "slot": slot, "place": at, "demand": digest,
        "demand_compared": demand.is_some(),
        "card": place.map(|place| match place.seen {
            CardSeen::There => "there",
            CardSeen::Promised => "to-come",
        }),
        "entry": place.map(|place| place.slot.leaf()),
        "file_at": place.and_then(|place| written(&place)),
    });
    output.show(&json, || {
        let of = match demand {
            Some(file) => format!("of the demand {}", file.display()),
            None => format!("of a demand with the SHA-256 {digest}"),
        };
        let lies = match place {
            Some(place) if place.seen == CardSeen::There => format!(
                "The card lies there: the file is entry {} of the public log, which shows {} entries.",
                place.slot.leaf(),
                place.entries
            ),
            Some(place) => format!(
                "The file is still to come: it is written {}. Check again after that.",
                written(&place).map_or_else(
                    || "later".to_owned(),
                    |at| at.strftime("on %Y-%m-%d at %H:%M UTC").to_string()
                )
            ),
            None => "Whether the card lies in the public log was not checked: --log does that.".to_owned(),
        };
        format!(
            "Receipt {of}, signed by the log {}.\nIt is counted by card {at} of file {slot}. {lies}\n\
             Keep it until a report was published: with it you see there as what your demand was counted.",
            opening.origin()
        )
    })
}

fn written(place: &CardPlace) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(place.slot.tick.at).ok()?).ok()
}
