use lagrum_model::{Disposition, Part};

/// Judges the parts of one demand together: which refusals narrow it, and which refuse it whole.
///
/// If at least one part is produced, a part that nothing permits is narrowed away: the instrument
/// is good, and reaches less than it asks for. If no part is produced, there is nothing left to
/// narrow the demand to, and a part that was to be narrowed is rejected. A part that a rule rejects,
/// redirects or challenges stays as it is.
///
/// Whether something was then found ([`Disposition::NoData`]) changes nothing.
pub fn narrow(parts: &mut [Part]) {
    let produces = parts
        .iter()
        .any(|part| part.finding.disposition.is_carried_out());
    for finding in parts.iter_mut().map(|part| &mut part.finding) {
        match finding.disposition {
            Disposition::Reject if produces && finding.decided_by.is_empty() => {
                finding.disposition = Disposition::Narrow;
            }
            Disposition::Narrow if !produces => finding.disposition = Disposition::Reject,
            _ => {}
        }
    }
}
