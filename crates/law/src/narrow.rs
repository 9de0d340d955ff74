use lagrum_model::{Disposition, Part};

/// Judges the parts of one demand together: which refusals narrow it, and which refuse it whole.
///
/// If at least one part is produced or preserved, waits to be, is asked about or answered by hand, a part that nothing permits is
/// narrowed away: the instrument is good, and reaches less than it asks for. If there is no such
/// part, and none that is handed over for some of its sub-categories, there is nothing left to narrow the demand to, and a part that was to be narrowed is
/// rejected. A part that a rule rejects, redirects or challenges stays as it is.
///
/// Whether something was then found ([`Disposition::NoData`]), or could be looked for
/// ([`Disposition::NotLookedUp`]), changes nothing.
pub fn narrow(parts: &mut [Part]) {
    let good = |disposition: Disposition| {
        disposition.is_granted()
            || matches!(
                disposition,
                Disposition::Wait
                    | Disposition::NotLookedUp
                    | Disposition::Ask
                    | Disposition::ByHand
            )
    };
    let reaches = |part: &Part| good(part.finding.disposition) || part.finding.is_in_part();
    let reaches = parts.iter().any(reaches);
    for finding in parts.iter_mut().map(|part| &mut part.finding) {
        match finding.disposition {
            Disposition::Reject if reaches && finding.decided_by.is_empty() => {
                finding.disposition = Disposition::Narrow;
            }
            Disposition::Narrow if !reaches => finding.disposition = Disposition::Reject,
            _ => {}
        }
    }
}
