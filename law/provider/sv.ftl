# Regler på svenska; nyckeln är regelns namn med _ för varje punkt.

provider_abroad_own-court = Trafikuppgifter eller innehåll som lagras i ett annat land än myndighetens lämnas inte ut enbart på grund av ett beslut från myndighetens eget land, trots att det företag som beslutet riktas till är bundet av det: leverantörens juridiska ombud invänder inför den domstol som har meddelat beslutet.
    .instead = Begär uppgifterna genom { $channel }.
provider_abroad_foreign = Trafikuppgifter eller innehåll som lagras i ett annat land än myndighetens begärs genom det landet: enligt fördrag, enligt förordning (EU) 2023/1543 eller genom ett beslut av landets egna domstolar.
    .instead = Begär uppgifterna genom { $channel }.
provider_abroad_records = När abonnentuppgifter och uppgifter som enbart identifierar användaren är lagrade i ett annat land lämnas de ut på grund av ett beslut från myndighetens eget land bara om leverantörens juridiska ombud har funnit att lagen där uppgifterna finns inte förbjuder det; inom unionen krävs inte detta.
    .instead = Begär uppgifterna genom { $channel }, eller avvakta: leverantörens juridiska ombud undersöker lagen i det land där uppgifterna finns.
provider_enterprise-customer = En företagskunds uppgifter begärs av den kunden, som bestämmer över dem, om inte myndigheten uppger att kunden inte kan tillfrågas.
    .instead = Begär uppgifterna av företagskunden, som är personuppgiftsansvarig (leverantören uppger en kontaktperson där), eller ange varför kunden inte kan tillfrågas.
provider_content_needs-judge = Innehåll lämnas ut bara på grund av ett beslut som en domare har meddelat eller godkänt, utom i en nödsituation enligt amerikansk rätt som leverantören själv bedömer vara verklig.
    .instead = Sänd en husrannsakningsorder, ett föreläggande eller ett beslut av en domare om innehållet.
provider_mutual-assistance-request = En ansökan om internationell rättslig hjälp eller en europeisk utredningsorder riktas till en stat; leverantören följer det beslut genom vilket den staten verkställer den.
    .instead = Sänd den till den stat där uppgifterna finns: { $channel }.
provider_interception = Ett tillstånd till avlyssning verkställs inte genom detta system, som bara lämnar ut lagrade uppgifter.
    .instead = Sänd det beslut som omfattar lagrade uppgifter; ett tillstånd till avlyssning besvaras av leverantörens juridiska ombud, utanför detta system.
provider_relevance = Det som saknar synligt samband med det som utreds lämnas inte ut förrän myndigheten visar sambandet.
    .instead = Ange vad som förbinder kontot och tidsperioden med brottet.
provider_expired = Ett beslut verkställs inte efter den sista dag som det anger.
    .instead = Låt förnya beslutet.
provider_privileged = Trafikuppgifter eller innehåll som tillhör någon som veterligen är bunden av yrkesmässig tystnadsplikt lämnas ut bara när leverantörens juridiska ombud har funnit att tystnadsplikten inte utgör hinder.
    .instead = Ange hur material som omfattas av tystnadsplikten ska hållas åtskilt; till dess invänder leverantörens juridiska ombud.
provider_unverified = Ingenting lämnas ut eller bevaras förrän en person hos leverantören har kontrollerat att begäran kommer från den myndighet som den anger.
    .instead = Svara när leverantören ringer myndighetens offentliggjorda nummer, så att begäran kan kontrolleras.
provider_unnamed = Ingenting lämnas ut eller bevaras om begäran inte namnger kontot: inga massuttag, inga intervall, ingen lista som först ska upprättas.
    .instead = Ange varje konto med en adress, ett nummer eller en användaridentitet, och ange perioden.
