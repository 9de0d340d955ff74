# Frister och underrättelser på svenska; nyckeln är regelns namn med _ för varje punkt.

ie_clock_urgent_record = Ett brådskande krav som en överordnad befattningshavare har ställt utan domare dokumenteras skriftligen inom 8 timmar.
ie_clock_urgent_affirmation = Ett brådskande krav som har ställts utan domare förfaller efter 72 timmar om inte en domare bekräftar det; tiden kan förlängas till 96 timmar.
ie_clock_oral_two-days = En begäran om användaruppgifter som vid synnerlig brådska har gjorts muntligen bekräftas skriftligen inom 2 dagar.
ie_clock_preservation_ninety-days = Uppgifterna bevaras under den tid som beslutet anger, högst 90 dagar.
ie_clock_warrant_one-week = En husrannsakningsorder från District Court gäller i en vecka.
ie_notice_order = Ingen bestämmelse har hittats om huruvida en leverantör får underrätta kontohavaren om ett sådant beslut.
