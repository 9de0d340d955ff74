//! What goes wrong at the storage, as an error of a source.

use lagrum_objects::Fault;
use lagrum_source::SourceError;

/// Ends what is asked of the storage, because the search itself ends.
pub(crate) fn ended(why: impl Into<SourceError>) -> Fault {
    Fault::Ended(Box::new(why.into()))
}

/// A fault as an error of the source `id`, at `locator`.
pub(crate) fn at(fault: Fault, id: &str, locator: &str) -> SourceError {
    match fault {
        Fault::Ended(why) => match why.downcast::<SourceError>() {
            Ok(error) => *error,
            Err(other) => SourceError::damaged(id, locator, other),
        },
        Fault::Changed(why) => SourceError::changed(id, locator, why),
        Fault::Config(field, why) => SourceError::config(id, field, why),
        Fault::Broke(_) | Fault::Busy(..) => SourceError::unreachable(id, locator, fault),
        Fault::Certificate | Fault::Nonsense(_) | Fault::There | Fault::NoUpload => {
            SourceError::damaged(id, locator, fault)
        }
        Fault::Refused { .. } => SourceError::denied(id, locator, fault),
    }
}
