use std::io::Read;
use std::path::Path;

use lagrum_mandate::answer::{Beat, SignedAnswer};
use lagrum_mandate::gate::UntrustedMandate;
use lagrum_model::Region;
use lagrum_notes::{VerifyingKey, role};

use crate::{Answered, FetchError, NotBelieved, Offer, Stem, TransportError, UntrustedAnswer};

/// What lies there under a name, or why it is not believed.
pub type Left<Answer> = (Stem, Result<Answer, NotBelieved>);

/// The desk's end: it offers mandates to the agents, and fetches their answers.
///
/// Doing a step again, after it succeeded or failed anywhere, gives the same result.
pub trait DeskEnd: Send + Sync {
    /// The key of the agent of `region`.
    ///
    /// # Errors
    /// [`TransportError::UnknownRegion`].
    fn agent_key(&self, region: &Region) -> Result<&VerifyingKey<role::Agent>, TransportError>;

    /// Leaves a mandate with its proof, and how the demand was answered, for the agent of `region`. An
    /// agent that finds the mandate finds all three.
    ///
    /// In the release model: `Fetch`.
    ///
    /// # Errors
    /// [`TransportError`].
    fn offer(&self, region: &Region, offer: &Offer) -> Result<(), TransportError>;

    /// Whether a mandate is offered now, so that its proof need not be made again.
    ///
    /// # Errors
    /// [`TransportError`].
    fn is_offered(&self, region: &Region, stem: &Stem) -> Result<bool, TransportError>;

    /// Whether the wire to the agent of `region` remembers this desk: [`DeskEnd::remember`] was called, and
    /// nothing that lay there was lost since.
    ///
    /// # Errors
    /// [`TransportError`].
    fn is_remembered(&self, region: &Region) -> Result<bool, TransportError>;

    /// All that is open was left for the agent of `region`: the wire is to remember it.
    ///
    /// # Errors
    /// [`TransportError`].
    fn remember(&self, region: &Region) -> Result<(), TransportError>;

    /// Leaves a note by which somebody recalls a mandate; the agent judges whether it may.
    ///
    /// In the release model: `LeaveRecall`.
    ///
    /// # Errors
    /// [`TransportError`].
    fn leave_recall(&self, region: &Region, stem: &Stem, note: &str) -> Result<(), TransportError>;

    /// Takes an offer back, so that an agent that has not begun does not begin.
    ///
    /// # Errors
    /// [`TransportError`].
    fn recall(&self, region: &Region, stem: &Stem) -> Result<(), TransportError>;

    /// Takes everything away that concerns a mandate whose agent answered that it heard a recall of it:
    /// the offer, the recall and that answer. A receipt, and its package, stay.
    ///
    /// # Errors
    /// [`TransportError`].
    fn withdraw(&self, region: &Region, stem: &Stem) -> Result<(), TransportError>;

    /// What lies there as answers of the agent of `region`, unchecked, for the mandates that are
    /// `wanted`, in the order of their names; a receipt before a refusal of the same name. An entry
    /// that cannot be read comes as the reason why.
    ///
    /// # Errors
    /// [`TransportError`], when nothing at all can be fetched.
    fn untrusted_answers(
        &self,
        region: &Region,
        wanted: &dyn Fn(&Stem) -> bool,
    ) -> Result<Vec<Left<UntrustedAnswer>>, TransportError>;

    /// The same, each checked against the key of the agent of `region`.
    ///
    /// # Errors
    /// As [`DeskEnd::untrusted_answers`].
    fn answers(
        &self,
        region: &Region,
        wanted: &dyn Fn(&Stem) -> bool,
    ) -> Result<Vec<Left<Answered>>, TransportError> {
        let key = self.agent_key(region)?;
        let checked = |(stem, left): Left<UntrustedAnswer>| {
            let answer = left.and_then(|answer| answer.verify(&stem, region, key));
            (stem, answer)
        };
        let left = self.untrusted_answers(region, wanted)?;
        Ok(left.into_iter().map(checked).collect())
    }

    /// What claims to be the last word of the agent of `region` that it was at work, unchecked; none, if
    /// there is none.
    ///
    /// # Errors
    /// [`TransportError`].
    fn untrusted_beat(&self, region: &Region) -> Result<Option<Vec<u8>>, TransportError>;

    /// The last word of the agent of `region` that it was at work, if there is one that it signed.
    ///
    /// # Errors
    /// [`TransportError`].
    fn beat(&self, region: &Region) -> Result<Option<Beat>, TransportError> {
        let key = self.agent_key(region)?;
        let note = self.untrusted_beat(region)?;
        let beat = note.and_then(|note| Beat::verify(&note, &[key]).ok());
        Ok(beat
            .map(|(beat, _)| beat)
            .filter(|beat| beat.region == *region))
    }

    /// Whether the agent of `region` has left a receipt or a refusal under this name.
    ///
    /// # Errors
    /// [`TransportError`].
    fn has_answer(&self, region: &Region, stem: &Stem) -> Result<bool, TransportError>;

    /// The sealed package. The reader's bytes are not checked: the caller holds their SHA-256
    /// against the receipt's.
    ///
    /// # Errors
    /// [`TransportError::NotThere`].
    fn package(&self, region: &Region, stem: &Stem)
    -> Result<Box<dyn Read + Send>, TransportError>;

    /// The desk has all it needs: mandate, proof, answer and package may go from the wire, and the
    /// agent is told that it need not keep the package.
    ///
    /// # Errors
    /// [`TransportError`].
    fn acknowledge(&self, region: &Region, stem: &Stem) -> Result<(), TransportError>;
}

/// An agent's end: it fetches mandates, and leaves its answers. All connections go out from it.
///
/// Doing a step again, after it succeeded or failed anywhere, gives the same result.
pub trait AgentEnd: Send + Sync {
    /// The names of the mandates that are offered, in their order.
    ///
    /// # Errors
    /// [`TransportError`], when nothing at all can be fetched.
    fn waiting(&self) -> Result<Vec<Stem>, TransportError>;

    /// A mandate with what came with it, of which nothing may be believed.
    ///
    /// In the release model: `Fetch`.
    ///
    /// # Errors
    /// [`FetchError`].
    fn fetch(&self, stem: &Stem) -> Result<UntrustedMandate, FetchError>;

    /// Gives the notes that recall mandates to `hear`, of which nothing may be believed, one after the
    /// other: whoever writes them may have left any number. Says under which names one lies that cannot be read: what it
    /// recalls is not known, and it hides no other.
    ///
    /// # Errors
    /// [`TransportError`], when nothing at all can be fetched.
    fn recalls(&self, hear: &mut dyn FnMut(&Stem, Vec<u8>)) -> Result<Vec<Stem>, TransportError>;

    /// Whether the desk says that it has the package.
    ///
    /// In the release model: `Acknowledged`.
    ///
    /// # Errors
    /// [`TransportError`].
    fn is_acknowledged(&self, stem: &Stem) -> Result<bool, TransportError>;

    /// The agent keeps nothing of this mandate any more but that it is spent.
    ///
    /// # Errors
    /// [`TransportError`].
    fn forget(&self, stem: &Stem) -> Result<(), TransportError>;

    /// Leaves the signed word that the agent was at work, in the place of the one before.
    ///
    /// # Errors
    /// [`TransportError`].
    fn send_beat(&self, note: &str) -> Result<(), TransportError>;

    /// Whether a receipt was sent under this name.
    ///
    /// # Errors
    /// [`TransportError`].
    fn is_answered(&self, stem: &Stem) -> Result<bool, TransportError>;

    /// Leaves a signed refusal. A later receipt takes its place.
    ///
    /// # Errors
    /// [`TransportError`].
    fn send_refusal(&self, stem: &Stem, note: &str) -> Result<(), TransportError>;

    /// Sends the sealed package in the file `sealed`, whole or not at all. The file stays.
    ///
    /// In the release model: `SendPackage`.
    ///
    /// # Errors
    /// [`TransportError::PackageLost`] when neither the file nor the package is there.
    fn send_package(&self, stem: &Stem, sealed: &Path) -> Result<(), TransportError>;

    /// Leaves the signed receipt, after its package was sent.
    ///
    /// # Errors
    /// [`TransportError`].
    fn send_receipt(&self, stem: &Stem, note: &str) -> Result<(), TransportError>;
}
