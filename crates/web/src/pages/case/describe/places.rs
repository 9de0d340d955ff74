//! Where in a demand the fields of the form stand.

/// Fields whose text is the demand's own, with their place in it.
pub(super) const PLAIN: [(&str, &str); 46] = [
    ("reference", "/reference"),
    ("authority", "/authority/name"),
    ("authority-country", "/authority/country"),
    ("authority-kind", "/authority/kind"),
    ("officer", "/authority/officer/name"),
    ("officer-email", "/authority/officer/email"),
    ("kind", "/instrument/kind"),
    ("measure", "/instrument/measure"),
    ("law-country", "/instrument/country"),
    ("provision", "/instrument/provision"),
    ("issued-on", "/instrument/issued_on"),
    ("issuer", "/instrument/issued_by/name"),
    ("issuer-kind", "/instrument/issued_by/kind"),
    ("issuer-reference", "/instrument/issued_by/reference"),
    ("signature", "/instrument/signatures/0/name"),
    ("signature-form", "/instrument/signatures/0/form"),
    ("signature-2", "/instrument/signatures/1/name"),
    ("signature-2-form", "/instrument/signatures/1/form"),
    ("signature-3", "/instrument/signatures/2/name"),
    ("signature-3-form", "/instrument/signatures/2/form"),
    ("validated", "/instrument/validated_by/name"),
    ("validated-kind", "/instrument/validated_by/kind"),
    ("treaty", "/instrument/treaty"),
    ("notification", "/instrument/notification"),
    (
        "customer-cannot-be-asked",
        "/instrument/customer_cannot_be_asked",
    ),
    ("interim", "/instrument/interim"),
    ("rank-confirmed", "/instrument/rank_confirmed"),
    ("certificate-wanted", "/process/certificate_wanted"),
    ("certified", "/instrument/certified"),
    ("valid-until", "/instrument/valid_until"),
    ("purpose", "/purpose"),
    ("offence", "/offence/description"),
    ("offence-provision", "/offence/provision"),
    ("offence-months", "/offence/maximum_penalty_months"),
    ("offence-listed", "/offence/listed"),
    ("threat-to", "/emergency/threat_to"),
    ("threat-facts", "/emergency/facts"),
    ("secrecy-provision", "/secrecy/provision"),
    ("secrecy-issuer", "/secrecy/issued_by/name"),
    ("secrecy-issuer-kind", "/secrecy/issued_by/kind"),
    ("secrecy-ordered-on", "/secrecy/ordered_on"),
    ("secrecy-certified", "/secrecy/certified"),
    ("secrecy-review-notice", "/secrecy/review_notice"),
    ("sentence-months", "/sentence/months"),
    ("sentence-in-absentia", "/sentence/in_absentia"),
    ("sentence-absconded", "/sentence/absconded"),
];

/// Where the signatures stand: those alone that somebody made.
pub(super) const SIGNATURES: &str = "/instrument/signatures";

/// Fields that are ticked or not.
pub(super) const TICKED: [&str; 10] = [
    "customer-cannot-be-asked",
    "interim",
    "rank-confirmed",
    "certificate-wanted",
    "certified",
    "offence-listed",
    "secrecy-certified",
    "secrecy-review-notice",
    "sentence-in-absentia",
    "sentence-absconded",
];

/// What an order under the Digital Services Act contains, with its place below [`ELEMENTS`].
pub(super) const OF_ELEMENTS: [(&str, &str); 3] = [
    ("digital-services-reasons", "reasons"),
    ("digital-services-redress", "redress"),
    ("digital-services-language", "language"),
];
/// Where that stands in a demand.
pub(super) const ELEMENTS: &str = "/instrument/digital_services";
/// Whether the controller is to be told: yes, no, or not said.
pub(super) const CONTROLLER_TOLD: &str = "/process/controller_is_told";

/// Objects that are there as a whole or not at all, with the field that says which.
pub(super) const WHOLE: [(&str, &str); 6] = [
    ("validated", "/instrument/validated_by"),
    ("offence", "/offence"),
    ("threat-to", "/emergency"),
    ("secrecy-issuer", "/secrecy/issued_by"),
    ("secrecy-provision", "/secrecy"),
    ("sentence-months", "/sentence"),
];
