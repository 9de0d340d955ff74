//! The categories of illegal content that belong into sheet 3 of the template.

/// A category of illegal content: 1 to 14 of Annex I to Implementing Regulation (EU) 2024/2835, as sheet 2 lists them.
/// Category 15 is of terms and conditions, 16 of orders that name no legal ground, 17 of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IllegalContent {
    /// Animal welfare.
    AnimalWelfare,
    /// Consumer information infringements.
    ConsumerInformation,
    /// Cyber violence.
    CyberViolence,
    /// Cyber violence against women.
    CyberViolenceAgainstWomen,
    /// Data protection and privacy violations.
    DataProtectionAndPrivacyViolations,
    /// Illegal or harmful speech.
    IllegalOrHarmfulSpeech,
    /// Intellectual property infringements.
    IntellectualPropertyInfringements,
    /// Negative effects on civic discourse or elections.
    NegativeEffectsOnCivicDiscourseOrElections,
    /// Protection of minors.
    ProtectionOfMinors,
    /// Risk for public security.
    RiskForPublicSecurity,
    /// Scams and/or fraud.
    ScamsAndFraud,
    /// Self-harm.
    SelfHarm,
    /// Unsafe, non-compliant or prohibited products.
    UnsafeAndProhibitedProducts,
    /// Violence.
    Violence,
}

impl IllegalContent {
    /// All of them, in the order of the template.
    pub const ALL: [Self; 14] = [
        Self::AnimalWelfare,
        Self::ConsumerInformation,
        Self::CyberViolence,
        Self::CyberViolenceAgainstWomen,
        Self::DataProtectionAndPrivacyViolations,
        Self::IllegalOrHarmfulSpeech,
        Self::IntellectualPropertyInfringements,
        Self::NegativeEffectsOnCivicDiscourseOrElections,
        Self::ProtectionOfMinors,
        Self::RiskForPublicSecurity,
        Self::ScamsAndFraud,
        Self::SelfHarm,
        Self::UnsafeAndProhibitedProducts,
        Self::Violence,
    ];

    /// Reads the code of a category.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Its code in column D.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AnimalWelfare => "STATEMENT_CATEGORY_ANIMAL_WELFARE",
            Self::ConsumerInformation => "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
            Self::CyberViolence => "STATEMENT_CATEGORY_CYBER_VIOLENCE",
            Self::CyberViolenceAgainstWomen => "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
            Self::DataProtectionAndPrivacyViolations => {
                "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
            }
            Self::IllegalOrHarmfulSpeech => "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
            Self::IntellectualPropertyInfringements => {
                "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS"
            }
            Self::NegativeEffectsOnCivicDiscourseOrElections => {
                "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"
            }
            Self::ProtectionOfMinors => "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
            Self::RiskForPublicSecurity => "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
            Self::ScamsAndFraud => "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
            Self::SelfHarm => "STATEMENT_CATEGORY_SELF_HARM",
            Self::UnsafeAndProhibitedProducts => {
                "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
            }
            Self::Violence => "STATEMENT_CATEGORY_VIOLENCE",
        }
    }

    /// The codes of its sub-categories in column D, without [`OTHER`].
    #[must_use]
    pub fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::AnimalWelfare => &["KEYWORD_ANIMAL_HARM", "KEYWORD_UNLAWFUL_SALE_ANIMALS"],
            Self::ConsumerInformation => &[
                "KEYWORD_HIDDEN_ADVERTISEMENT",
                "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
                "KEYWORD_MISLEADING_INFO_GOODS_SERVICES",
                "KEYWORD_MISLEADING_INFO_CONSUMER_RIGHTS",
                "KEYWORD_NONCOMPLIANCE_PRICING",
            ],
            Self::CyberViolence => &[
                "KEYWORD_CYBER_BULLYING_INTIMIDATION",
                "KEYWORD_CYBER_HARASSMENT",
                "KEYWORD_CYBER_INCITEMENT",
                "KEYWORD_CYBER_STALKING",
                "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING",
                "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE",
            ],
            Self::CyberViolenceAgainstWomen => &[
                "KEYWORD_BULLYING_AGAINST_GIRLS",
                "KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN",
                "KEYWORD_CYBER_STALKING_AGAINST_WOMEN",
                "KEYWORD_FEMALE_GENDERED_DISINFORMATION",
                "KEYWORD_INCITEMENT_AGAINST_WOMEN",
                "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN",
                "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
            ],
            Self::DataProtectionAndPrivacyViolations => &[
                "KEYWORD_BIOMETRIC_DATA_BREACH",
                "KEYWORD_DATA_FALSIFICATION",
                "KEYWORD_MISSING_PROCESSING_GROUND",
                "KEYWORD_RIGHT_TO_BE_FORGOTTEN",
            ],
            Self::IllegalOrHarmfulSpeech => &[
                "KEYWORD_DEFAMATION",
                "KEYWORD_DISCRIMINATION",
                "KEYWORD_HATE_SPEECH",
            ],
            Self::IntellectualPropertyInfringements => &[
                "KEYWORD_COPYRIGHT_INFRINGEMENT",
                "KEYWORD_DESIGN_INFRINGEMENT",
                "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
                "KEYWORD_PATENT_INFRINGEMENT",
                "KEYWORD_TRADE_SECRET_INFRINGEMENT",
                "KEYWORD_TRADEMARK_INFRINGEMENT",
            ],
            Self::NegativeEffectsOnCivicDiscourseOrElections => &[
                "KEYWORD_MISINFORMATION_DISINFORMATION",
                "KEYWORD_VIOLATION_EU_LAW",
                "KEYWORD_VIOLATION_NATIONAL_LAW",
            ],
            Self::ProtectionOfMinors => &[
                "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS",
                "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
                "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
                "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS",
                "KEYWORD_UNSAFE_CHALLENGES",
            ],
            Self::RiskForPublicSecurity => &[
                "KEYWORD_ILLEGAL_ORGANIZATIONS",
                "KEYWORD_RISK_ENVIRONMENTAL_DAMAGE",
                "KEYWORD_RISK_PUBLIC_HEALTH",
                "KEYWORD_TERRORIST_CONTENT",
            ],
            Self::ScamsAndFraud => &[
                "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING",
                "KEYWORD_INAUTHENTIC_ACCOUNTS",
                "KEYWORD_INAUTHENTIC_LISTINGS",
                "KEYWORD_INAUTHENTIC_USER_REVIEWS",
                "KEYWORD_PHISHING",
                "KEYWORD_PYRAMID_SCHEMES",
            ],
            Self::SelfHarm => &[
                "KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS",
                "KEYWORD_SELF_MUTILATION",
                "KEYWORD_SUICIDE",
            ],
            Self::UnsafeAndProhibitedProducts => {
                &["KEYWORD_PROHIBITED_PRODUCTS", "KEYWORD_UNSAFE_PRODUCTS"]
            }
            Self::Violence => &[
                "KEYWORD_COORDINATED_HARM",
                "KEYWORD_INCITEMENT_VIOLENCE_HATRED",
                "KEYWORD_HUMAN_EXPLOITATION",
                "KEYWORD_HUMAN_TRAFFICKING",
                "KEYWORD_TRAFFICKING_WOMEN_GIRLS",
            ],
        }
    }
}

/// The code of a sub-category that the provider adds.
pub const OTHER: &str = "KEYWORD_OTHER";

/// A sub-category of illegal content. Each order is in one, so that the sub-categories of a category add up to it
/// (Annex II, part I, 7).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubCategory {
    pub(super) content: IllegalContent,
    pub(super) keyword: Keyword,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Keyword {
    Listed(&'static str),
    Described(String),
}

impl SubCategory {
    /// Reads the code of a sub-category of the template. [`OTHER`] is none: it says nothing without a description.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        IllegalContent::ALL.into_iter().find_map(|content| {
            let listed = content.keywords().iter().find(|keyword| **keyword == code);
            listed.map(|keyword| Self {
                content,
                keyword: Keyword::Listed(keyword),
            })
        })
    }

    /// A sub-category that the provider adds, by its description: a row of its own with the code [`OTHER`]. Nothing
    /// without a description, which Annex II, part I, 7 requires. Blanks around the description do not count.
    #[must_use]
    pub fn described(content: IllegalContent, description: &str) -> Option<Self> {
        let description = description.trim();
        (!description.is_empty()).then(|| Self {
            content,
            keyword: Keyword::Described(description.to_owned()),
        })
    }

    /// The category that it is of.
    #[must_use]
    pub fn content(&self) -> IllegalContent {
        self.content
    }
}
