using System;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Serialization;

namespace GmmTools.Classification;

/// <summary>Classifiers in files, as <see cref="MixtureFile"/> has mixtures: JSON in UTF-8 without a byte order mark.</summary>
public static class ClassifierFile
{
    /// <summary>Writes a classifier; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classifier">The classifier.</param>
    public static void Save(string path, MixtureClassifier classifier) =>
        MixtureFile.Save(path, ClassifierJson.Write(classifier ?? throw new ArgumentNullException(nameof(classifier))));

    /// <summary>Reads a file of a classifier, a mixture or a fit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A <see cref="MixtureClassifier"/>, a <see cref="GaussianMixture"/>, or an <see cref="EmFit"/>.</returns>
    /// <exception cref="MixtureFileException">The file holds none that can be used; the message names file and place.</exception>
    public static object Load(string path) => MixtureFile.Load(path, utf8 =>
    {
        JsonValue root = JsonText.Read(utf8);
        return ClassifierJson.IsClassifier(root) ? ClassifierJson.Read(root) : MixtureJsonReader.Read(root);
    });
}
