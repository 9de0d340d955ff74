//! With which form of Annex III to Regulation (EU) 2023/1543 something is refused.

use crate::{Form, FormReason, InstrumentFacts, Notification};

impl Form {
    /// The form with this reason; none for what is no certificate of the Regulation. It goes to the enforcing
    /// authority as well where that was notified (Articles 10(6) to (8)), and in any case where the reason is of its
    /// State or of a third country (Articles 10(5), 11(4) and 17(1)).
    #[must_use]
    pub fn of(reason: FormReason, instrument: &InstrumentFacts) -> Option<Self> {
        if !instrument.kind.is_certificate() {
            return None;
        }
        let notified = matches!(
            instrument.notification,
            Some(Notification::Pending | Notification::Cleared | Notification::Refused)
        );
        let in_any_case = matches!(
            reason,
            FormReason::ImmunityOrPrivilege | FormReason::ThirdCountryLaw
        );
        Some(Self {
            reason,
            enforcing_authority: notified || in_any_case,
        })
    }
}
