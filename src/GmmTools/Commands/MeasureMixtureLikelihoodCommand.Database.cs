using GmmTools.Binding;
using GmmTools.Connectors.Databases;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <content>Rows that stay in a database.</content>
public sealed partial class MeasureMixtureLikelihoodCommand
{
    private void MeasureInDatabase()
    {
        DatabaseOptions options = CreateDatabaseOptions(_mixture!.Property);
        RowIntake intake = new(0);
        LikelihoodSummary summary = BackgroundWork.Run(() => Measure(options, out intake), () => { }, StopToken);
        WriteObject(summary.WithIntake(intake));
        Tell(intake);
    }

    private LikelihoodSummary Measure(DatabaseOptions options, out RowIntake intake)
    {
        using DatabaseObservations rows = DatabaseObservations.Open(Connection!, options, StopToken);
        intake = rows.Intake;
        return LikelihoodSummary.Measure(_mixture!, rows, ThrottleLimit, StopToken);
    }
}
