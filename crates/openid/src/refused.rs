use lagrum_https::NoAnswer;

/// Why nobody is signed in. No text of the provider is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSignedIn {
    /// Too many speak with the provider at once.
    #[error("too many people sign in at once")]
    Busy,
    /// The provider did not answer.
    #[error("{0}")]
    NoAnswer(#[from] NoAnswer),
    /// The provider answered with another status than 200; a redirect is not followed.
    #[error("the provider answered {0} where 200 is right; redirects are not followed")]
    Status(u16),
    /// The provider's description of itself, its keys or its answer to a code cannot be read.
    #[error("the provider’s {0} cannot be read")]
    Malformed(&'static str),
    /// The provider describes itself as another issuer than the settings name.
    #[error("the provider says that it is another issuer than `issuer` in openid.toml")]
    OtherIssuer,
    /// An address in the provider's description is not https.
    #[error("the provider’s {0} is no https address")]
    Address(&'static str),
    /// The provider takes the secret in no way that is spoken here.
    #[error(
        "the provider takes the secret neither as client_secret_basic nor as client_secret_post"
    )]
    NoWay,
    /// The provider publishes no key that is understood here.
    #[error("the provider publishes no key for RS256, PS256, ES256, ES384 or EdDSA")]
    NoKeys,
    /// The provider does not know this desk, or its secret is wrong.
    #[error("the provider does not accept `client` or the secret of openid.toml")]
    Client,
    /// The provider does not accept the code: it was used, or is too old.
    #[error("the provider does not accept the code")]
    Code,
    /// The ID token's head is none of ours.
    #[error("the head of the ID token is not one that is read here")]
    Head,
    /// It is signed in a way that is not accepted, or not at all.
    #[error("the ID token is signed in a way that is not accepted, or not at all")]
    Algorithm,
    /// It is signed by a key that the provider does not publish.
    #[error("the ID token is signed by a key that the provider does not publish")]
    Key,
    /// Its signature does not fit.
    #[error("the signature of the ID token does not fit")]
    Signature,
    /// It was issued by somebody else.
    #[error("the ID token is of another issuer")]
    Issuer,
    /// It is meant for somebody else, or for others, too.
    #[error("the ID token is meant for another audience")]
    Audience,
    /// It was made for another sign-in.
    #[error("the ID token was made for another sign-in")]
    Nonce,
    /// It has run out, or its times cannot be right.
    #[error("the times of the ID token are not those of now")]
    Times,
    /// It names nobody, or in a way that cannot be.
    #[error("the ID token names nobody")]
    Subject,
    /// The person showed the provider too long ago who they are, or it does not say when.
    #[error("the person signed in at the provider too long ago")]
    TooOld,
}

/// What people are told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Come again in a moment.
    Busy,
    /// The provider cannot be reached.
    Down,
    /// The provider, or how it is set up, is not as it must be.
    Provider,
    /// What the provider says of the person did not pass.
    Token,
    /// The sign-in was used, or is too old.
    Again,
    /// They have to show the provider anew who they are.
    TooOld,
}

impl NotSignedIn {
    /// What people are told.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Busy => Kind::Busy,
            Self::NoAnswer(NoAnswer::Unreachable | NoAnswer::TooSlow | NoAnswer::BrokeOff)
            | Self::Status(500..=599) => Kind::Down,
            Self::NoAnswer(_)
            | Self::Status(_)
            | Self::Malformed(_)
            | Self::OtherIssuer
            | Self::Address(_)
            | Self::NoWay
            | Self::NoKeys
            | Self::Client => Kind::Provider,
            Self::Code => Kind::Again,
            Self::TooOld => Kind::TooOld,
            Self::Head
            | Self::Algorithm
            | Self::Key
            | Self::Signature
            | Self::Issuer
            | Self::Audience
            | Self::Nonce
            | Self::Times
            | Self::Subject => Kind::Token,
        }
    }

    /// Its word in the operating log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Busy => "openid-busy",
            Self::NoAnswer(NoAnswer::TooLong) => "openid-too-long",
            Self::NoAnswer(_) => "openid-no-answer",
            Self::Status(_) => "openid-status",
            Self::Malformed(_) => "openid-malformed",
            Self::OtherIssuer => "openid-other-issuer",
            Self::Address(_) => "openid-address",
            Self::NoWay => "openid-no-way",
            Self::NoKeys => "openid-no-keys",
            Self::Client => "openid-client",
            Self::Code => "openid-code",
            Self::Head => "openid-head",
            Self::Algorithm => "openid-algorithm",
            Self::Key => "openid-key",
            Self::Signature => "openid-signature",
            Self::Issuer => "openid-issuer",
            Self::Audience => "openid-audience",
            Self::Nonce => "openid-nonce",
            Self::Times => "openid-times",
            Self::Subject => "openid-subject",
            Self::TooOld => "openid-too-old",
        }
    }
}
