/// Words that say nothing about a question's topic, in the languages met most often, in the form of ``SearchTerms``.
enum StopWords {
    private static let english = """
        a about after all also an and any are as at be been before but by can could did do does for from had has have \
        he her here him his how i if in into is it its just me more most my no nor not of on only or other our out \
        please she should so some such tell than that the their them then there these they this those to too under up \
        us very was we were what whats when where which while who whom whose why will with would you your
        """
    private static let german = """
        aber als am an auch auf aus bei bin bis bist das dass dem den der des die dies diese dieser dieses doch du ein \
        eine einem einen einer eines er es fur hat haben ich ihr im in ist ja kann konnen mein mit nach nicht noch nur \
        oder sich sie sind so uber um und uns von vor wann war waren warum was welche welcher welches wenn wer werden \
        wie wird wir wo zu zum zur
        """
    private static let french = """
        au aux avec ce ces cette comment dans de des du elle en est et il ils je la le les leur lui mais ne nous on ou \
        par pas pour pourquoi qu quand que quel quelle quelles quels qui sa sans se ses son sont sur un une vous
        """
    private static let spanish = """
        al como con cual cuando de del donde el ella en es esta este esto ha la las lo los mas no para pero por porque \
        que quien se sin son su sus un una uno unos y
        """
    private static let italian = """
        che chi come con cosa dei del della di dove e gli il la le lo ma nel non per perche qual quale quando quanto \
        sono su un una uno
        """

    static let terms: Set<String> = Set(
        [english, german, french, spanish, italian].flatMap { list in
            list.split(separator: " ").map { SearchTerms.stem(String($0)) }
        })
}
