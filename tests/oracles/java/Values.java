// What reasoners make of pairs of data values: the commands of OwlApi (with OWL API 5), and
//   compare PAIRS    Openllet: answers "holds<TAB>N comparison ..." for each pair, by a SWRL rule for each built-in
//   identical PAIRS  HermiT: answers "value<TAB>N one|two|ill" for each pair, as both values of a functional property
//   member VALUES    HermiT: answers "value<TAB>N in|out|ill" for each pair: whether a value lies in a datatype
// A pair is a line "datatype<TAB>lexical<TAB>datatype<TAB>lexical" of a file; of member it is "datatype<TAB>lexical<TAB>
// datatype".
import java.io.File;
import java.nio.file.*;
import java.util.*;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.reasoner.*;
import org.semanticweb.owlapi.vocab.SWRLBuiltInsVocabulary;

public class Values extends OwlApi {
    static final OWLDataFactory MAKE = OWLManager.getOWLDataFactory();
    static final SWRLBuiltInsVocabulary[] TESTS = {
        SWRLBuiltInsVocabulary.EQUAL, SWRLBuiltInsVocabulary.NOT_EQUAL,
        SWRLBuiltInsVocabulary.LESS_THAN, SWRLBuiltInsVocabulary.LESS_THAN_OR_EQUAL,
        SWRLBuiltInsVocabulary.GREATER_THAN, SWRLBuiltInsVocabulary.GREATER_THAN_OR_EQUAL,
    };

    public static void main(String[] arguments) throws Exception {
        more = Values::judge;
        OwlApi.main(arguments);
    }

    static void judge(String[] words) throws Exception {
        List<String[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Paths.get(words[1]))) rows.add(line.split("\t", -1));
        switch (words[0]) {
            case "compare": compare(rows); break;
            case "identical": for (int i = 0; i < rows.size(); i++) say("value", i + " " + identical(rows.get(i))); break;
            case "member": for (int i = 0; i < rows.size(); i++) say("value", i + " " + member(rows.get(i))); break;
            default: throw new IllegalArgumentException(words[0]);
        }
    }

    static OWLLiteral literal(String datatype, String lexical) {
        if (datatype.startsWith("@")) return MAKE.getOWLLiteral(lexical, datatype.substring(1));
        return MAKE.getOWLLiteral(lexical, MAKE.getOWLDatatype(IRI.create(datatype)));
    }

    static OWLDataProperty property(String name) {
        return MAKE.getOWLDataProperty(IRI.create("urn:values:" + name));
    }

    static OWLNamedIndividual individual(int number) {
        return MAKE.getOWLNamedIndividual(IRI.create("urn:values:i" + number));
    }

    static void compare(List<String[]> rows) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        OWLOntology ontology = manager.createOntology(IRI.create("urn:values"));
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            manager.addAxiom(ontology, MAKE.getOWLDataPropertyAssertionAxiom(property("left"), individual(i), literal(row[0], row[1])));
            manager.addAxiom(ontology, MAKE.getOWLDataPropertyAssertionAxiom(property("right"), individual(i), literal(row[2], row[3])));
        }
        SWRLVariable x = MAKE.getSWRLVariable(IRI.create("urn:values:x"));
        SWRLVariable v = MAKE.getSWRLVariable(IRI.create("urn:values:v")), w = MAKE.getSWRLVariable(IRI.create("urn:values:w"));
        for (SWRLBuiltInsVocabulary test : TESTS) {
            OWLClass found = MAKE.getOWLClass(IRI.create("urn:values:" + test.getShortForm()));
            manager.addAxiom(ontology, MAKE.getSWRLRule(
                new LinkedHashSet<>(Arrays.asList(
                    MAKE.getSWRLDataPropertyAtom(property("left"), x, v), MAKE.getSWRLDataPropertyAtom(property("right"), x, w),
                    MAKE.getSWRLBuiltInAtom(test.getIRI(), Arrays.<SWRLDArgument>asList(v, w)))),
                Collections.singleton(MAKE.getSWRLClassAtom(found, x))));
        }
        OWLReasoner reasoner = ((OWLReasonerFactory) Class.forName("openllet.owlapi.OpenlletReasonerFactory")
            .getDeclaredConstructor().newInstance()).createReasoner(ontology);
        Map<String, Set<OWLNamedIndividual>> members = new LinkedHashMap<>();
        for (SWRLBuiltInsVocabulary test : TESTS)
            members.put(test.getShortForm(), reasoner.getInstances(
                MAKE.getOWLClass(IRI.create("urn:values:" + test.getShortForm())), false).getFlattened());
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder holds = new StringBuilder(String.valueOf(i));
            for (String test : members.keySet())
                if (members.get(test).contains(individual(i))) holds.append(' ').append(test);
            say("holds", holds);
        }
        reasoner.dispose();
    }

    static boolean consistent(OWLAxiom... axioms) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        OWLOntology ontology = manager.createOntology();
        for (OWLAxiom axiom : axioms) manager.addAxiom(ontology, axiom);
        OWLReasoner reasoner = ((OWLReasonerFactory) Class.forName(factoryOfHermit())
            .getDeclaredConstructor().newInstance()).createReasoner(ontology);
        try {
            return reasoner.isConsistent();
        } finally {
            reasoner.dispose();
        }
    }

    static String identical(String[] row) {
        try {
            return consistent(
                MAKE.getOWLFunctionalDataPropertyAxiom(property("left")),
                MAKE.getOWLDataPropertyAssertionAxiom(property("left"), individual(0), literal(row[0], row[1])),
                MAKE.getOWLDataPropertyAssertionAxiom(property("left"), individual(0), literal(row[2], row[3])))
                ? "one" : "two";
        } catch (Throwable malformed) {
            return "ill " + malformed.getClass().getSimpleName();
        }
    }

    static String member(String[] row) {
        try {
            return consistent(
                MAKE.getOWLDataPropertyRangeAxiom(property("left"), MAKE.getOWLDatatype(IRI.create(row[2]))),
                MAKE.getOWLDataPropertyAssertionAxiom(property("left"), individual(0), literal(row[0], row[1])))
                ? "in" : "out";
        } catch (Throwable malformed) {
            return "ill " + malformed.getClass().getSimpleName();
        }
    }
}
