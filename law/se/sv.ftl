# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

se_clock_preservation_ninety-days = Uppgifterna bevaras under den tid som föreläggandet anger, högst 90 dagar från beslutet; finns särskilda skäl får tiden förlängas med högst 90 dagar.
se_clock_review_four-days = När innehavaren begär det prövar rätten föreläggandet vid en förhandling så snart som möjligt, normalt inom 4 dagar.
se_clock_permit_one-month = Rättens tillstånd till ett hemligt tvångsmedel sträcker sig högst en månad framåt från beslutet.
se_clock_notice_one-month = Myndigheten underrättar den misstänkte och adressens innehavare senast en månad efter det att förundersökningen avslutades, om inte sekretess skjuter upp eller utesluter det.
se_notice_covert-measure = Myndigheten underrättar den misstänkte och adressens innehavare i efterhand, senast en månad efter det att förundersökningen avslutades om inte sekretess skjuter upp eller utesluter det; leverantören underrättar inte.
se_notice_preservation = Ett bevarandeföreläggande får förenas med förbud för innehavaren att berätta om det.
se_notice_subscriber = Huruvida en leverantör får berätta om en begäran om abonnentuppgifter har inte klarlagts.
